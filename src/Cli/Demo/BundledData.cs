namespace Kafka.Stock.Cli;

/// <summary>The market data that lies beside the program.</summary>
static class BundledData
{
    /// <summary>To be shown wherever the trades, or anything that hands them on, are shown: the owner's condition.</summary>
    public const string Attribution =
        "Data provided for free by IEX. By accessing or using IEX Historical Data, you agree to the IEX Historical Data Terms of Use. "
        + "https://www.iexexchange.io/legal/hist-data-terms";

    /// <summary>Daily bars of AAPL, IBM and MSFT, 2000-03-01 to 2013-03-01, and the trades of SPY and AMD on IEX on 2019-10-30.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "data", "demo");
}
