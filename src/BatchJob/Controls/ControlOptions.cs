namespace Kafka.Stock.BatchJob;

/// <summary>How long controls take.</summary>
public sealed record ControlOptions
{
    /// <summary>What a test can afford: fewer runs, the same limits.</summary>
    public static ControlOptions Short { get; } = new()
    {
        FlippedRuns = 2,
        PlantedRuns = 1,
        Walks = 12,
        WalkBars = 800,
        BadCandidates = 3,
        ForgettingSeeds = 3,
        Schedule = RetrainSchedule.Never,
    };

    /// <summary>The simulation that is controlled; its seed is that of the networks.</summary>
    public SimulationOptions Simulation { get; init; } = new();

    /// <summary>When the flipped and made-up series are retrained.</summary>
    public RetrainSchedule Schedule { get; init; } = RetrainSchedule.Monthly;

    /// <summary>Number of a series' bar from which on its forecasts are scored.</summary>
    public int FirstBar { get; init; } = 500;

    /// <summary>Runs over real bars whose days have random signs.</summary>
    public int FlippedRuns { get; init; } = 12;

    /// <summary>Runs over such bars with a memory planted.</summary>
    public int PlantedRuns { get; init; } = 3;

    /// <summary>Made-up random walks.</summary>
    public int Walks { get; init; } = 100;

    /// <summary>Bars of each.</summary>
    public int WalkBars { get; init; } = 1_260;

    /// <summary>Candidates of a reckless learning rate.</summary>
    public int BadCandidates { get; init; } = 10;

    /// <summary>Seeds of the forgetting control.</summary>
    public int ForgettingSeeds { get; init; } = 10;

    /// <summary>Memory that is planted.</summary>
    public double PlantedMemory { get; init; } = 0.10;
}
