namespace Kafka.Stock.Contracts;

/// <summary>What compiling a pair of schemas may cost: short texts can ask for a plan without end.</summary>
sealed class AvroPlanBudget
{
    /// <summary>Steps that a refusal counts as: it keeps its path and its sentence.</summary>
    public const int StepsOfRefusal = 100;

    /// <summary>The most steps, which is memory.</summary>
    const int MaxSteps = 1_000_000;

    /// <summary>The most comparisons, which is time: two unions have as many as their branches multiplied.</summary>
    const int MaxCompared = 10_000_000;

    /// <summary>The most pairs of types within each other: a chain of names can be longer than the stack.</summary>
    const int MaxDepth = 600;

    int _steps;
    int _compared;

    /// <exception cref="RefusedException">The plan would be too deep.</exception>
    public static void CheckDepth(int depth, AvroPath path)
    {
        if (depth >= MaxDepth) throw TooBig(path, $"at most {MaxDepth} types within each other");
    }

    /// <exception cref="RefusedException">The plan would be too big.</exception>
    public void AddSteps(int count, AvroPath path)
    {
        if ((_steps += count) > MaxSteps) throw TooBig(path, $"a plan of at most {MaxSteps} steps");
    }

    /// <exception cref="RefusedException">The plan would take too long.</exception>
    public void Compare(int count, AvroPath path)
    {
        if ((_compared += count) > MaxCompared) throw TooBig(path, $"at most {MaxCompared} comparisons of types and fields");
    }

    static RefusedException TooBig(AvroPath path, string expected) => new($"schema {path}", "a bigger pair of schemas", expected);
}
