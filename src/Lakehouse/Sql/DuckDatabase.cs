using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>DuckDB in this process, in memory: SQL over Parquet files. Thread-safe; a connection is not.</summary>
public sealed class DuckDatabase : IDisposable
{
    readonly DuckDatabaseHandle _handle;
    readonly Lock _lock = new();
    bool _takesRows;
    volatile bool _locked;

    DuckDatabase(DuckDatabaseHandle handle) => _handle = handle;

    /// <summary>Version of the native library, such as <c>v1.5.5</c>.</summary>
    public static string LibraryVersion => DuckMethods.Text(DuckMethods.LibraryVersion());

    /// <summary>Handles of DuckDB's objects that are open in this process: for tests of leaks.</summary>
    internal static long OpenHandleCount => DuckHandle.OpenCount;

    /// <summary>Opens an empty database. It loads no extension, asks nobody over the network, and its time zone is UTC.</summary>
    /// <exception cref="ConfigurationException">An option is out of its range, or DuckDB refuses it.</exception>
    public static DuckDatabase Open(DuckOptions options)
    {
        options.Check();
        using var config = NewConfig(options);
        var state = DuckMethods.Open(null, out var pointer, config, out var error);
        var text = DuckMethods.TakeText(error);
        var database = new DuckDatabase(new DuckDatabaseHandle(pointer));
        try
        {
            if (state != 0) throw new ConfigurationException("DuckDB", text, "options that it opens a database with");
            using var connection = database.Connect();
            connection.Execute("SET GLOBAL TimeZone = 'UTC'");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A connection of its own for one thread.</summary>
    public DuckConnection Connect()
    {
        if (DuckMethods.Connect(_handle, out var pointer) != 0) throw new InvalidOperationException("DuckDB gave no connection");
        return new DuckConnection(new DuckConnectionHandle(pointer), selectOnly: _locked);
    }

    /// <summary>From here on every new connection only reads, and only what is named here: for SQL that a user typed. There is no
    /// way back.</summary>
    /// <param name="folders">Folders whose files, also deeper ones, may be read.</param>
    /// <param name="files">Files that may be read besides.</param>
    /// <remarks>Two walls: DuckDB's own (no access to other files, no extension, no change of a setting), and statements other than
    /// SELECT are refused before they run, because DuckDB would write into a folder that it may read.</remarks>
    public void Lock(IEnumerable<string> folders, IEnumerable<string> files)
    {
        using var connection = Connect();
        connection.Execute($"SET allowed_directories = [{Literals(folders.Select(WithSlash))}]");
        connection.Execute($"SET allowed_paths = [{Literals(files)}]");
        connection.Execute("SET enable_external_access = false; SET lock_configuration = true");
        _locked = true;
    }

    /// <summary>From here on statements may read <see cref="DuckRows"/>.</summary>
    internal void TakeRows(DuckConnection connection)
    {
        lock (_lock)
        {
            if (_takesRows) return;
            DuckRows.Register(connection);
            _takesRows = true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    static string Literals(IEnumerable<string> paths) => string.Join(", ", paths.Select(path => Sql.Literal(Path.GetFullPath(path))));

    static string WithSlash(string folder) => folder.EndsWith('/') ? folder : folder + "/";

    static DuckConfigHandle NewConfig(DuckOptions options)
    {
        if (DuckMethods.CreateConfig(out var pointer) != 0) throw new InvalidOperationException("DuckDB gave no configuration");
        var config = new DuckConfigHandle(pointer);
        try
        {
            foreach (var (name, value) in Settings(options))
            {
                if (DuckMethods.SetConfig(config, name, value) != 0)
                {
                    throw new ConfigurationException($"DuckDB's {name}", value, "a value that it takes");
                }
            }

            return config;
        }
        catch
        {
            config.Dispose();
            throw;
        }
    }

    static IEnumerable<(string Name, string Value)> Settings(DuckOptions options)
    {
        yield return ("threads", options.ThreadCount.ToString(CultureInfo.InvariantCulture));
        yield return ("memory_limit", $"{options.MemoryLimitBytes}B");
        yield return ("temp_directory", options.TempFolder is null ? "" : Path.GetFullPath(options.TempFolder));
        yield return ("max_temp_directory_size", $"{options.TempBytesMax}B");
        yield return ("autoinstall_known_extensions", "false");
        yield return ("autoload_known_extensions", "false");
        yield return ("allow_community_extensions", "false");
    }
}
