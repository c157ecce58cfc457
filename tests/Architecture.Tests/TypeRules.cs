namespace Kafka.Stock.Architecture.Tests;

/// <summary>What the style page asks of types: one public one a file, classes that are sealed or static, names, namespaces.</summary>
static class TypeRules
{
    public static IEnumerable<string> PublicTypes(SourceFile file)
    {
        var types = CSharpOutline.Of(file).Types.Where(type => type.IsTopLevel && type.Modifiers.Contains("public")).ToList();
        if (types.Count > 1)
        {
            var names = string.Join(", ", types.Select(type => type.Name));
            yield return Findings.Finding(file.At(types[1].Line), $"{types.Count} public types ({names})", "at most one a file");
        }
    }

    /// <summary>Namespaces of src are those of their area, whatever the folder.</summary>
    public static IEnumerable<string> Namespaces(SourceFile file)
    {
        var outline = CSharpOutline.Of(file);
        if (!file.IsUnder("src") || (outline.Namespace is null && outline.Types.Count == 0)) yield break;
        var expected = $"Kafka.Stock.{file.Path.Split('/')[1]}";
        if (outline.Namespace != expected || !outline.HasFileScopedNamespace)
        {
            yield return Findings.Finding(file.Path, $"namespace '{outline.Namespace}'", $"file-scoped '{expected}', in subfolders too");
        }
    }

    public static IEnumerable<string> NamesOfNamespaces(SourceFile file)
    {
        var outline = CSharpOutline.Of(file);
        return from type in outline.Types
               where outline.Namespace is not null && outline.Namespace.Split('.')[^1] == type.Name
               select Findings.Finding(file.At(type.Line), $"type {type.Name} in {outline.Namespace}", "a name that isn't its namespace's");
    }

    /// <summary>Classes that inheritance could reopen. Parts of one class count together; an exception may be a base of others.</summary>
    public static IEnumerable<string> OpenClasses(IReadOnlyCollection<SourceFile> files)
    {
        var types = from file in files from type in CSharpOutline.Of(file).Types select (File: file, Type: type);
        var all = types.Where(one => one.Type.IsClass).ToList();
        return from parts in all.GroupBy(one => (Area: one.File.Path.Split('/')[1], one.Type.Name))
               where !parts.Any(part => part.Type.Modifiers.Any(modifier => modifier is "sealed" or "static" or "abstract"))
               where !(IsException(parts.Key.Name) && all.Exists(other => IsBase(parts.Key.Name, other.Type)))
               let first = parts.First()
               select Findings.Finding(first.File.At(first.Type.Line), $"open class {first.Type.Name}", "sealed or static");
    }

    static bool IsException(string name) => name.EndsWith("Exception", StringComparison.Ordinal);

    static bool IsBase(string name, TypeOutline type)
    {
        var bases = type.Rest[(type.Rest.LastIndexOf(':') + 1)..].TrimStart();
        if (!bases.StartsWith(name, StringComparison.Ordinal)) return false;
        return bases.Length == name.Length || !char.IsLetterOrDigit(bases[name.Length]);
    }
}
