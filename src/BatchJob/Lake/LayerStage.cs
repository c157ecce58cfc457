using System.Globalization;
using Kafka.Stock.Calendars;
using Kafka.Stock.Lakehouse;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>Rows of silver and gold on their way into files: two tables in DuckDB's memory, which it moves to disk when memory is
/// short.</summary>
/// <remarks>Filled by one thread; read by others when <see cref="Complete"/> is done.</remarks>
sealed class LayerStage : ILayerSink, IDisposable
{
    static readonly int s_epochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
    static int s_count;

    readonly ITradingCalendar _calendar;
    readonly int _width;
    readonly DuckConnection _barConnection;
    readonly DuckConnection _featureConnection;
    readonly DuckAppender _barChunk;
    readonly DuckAppender _featureChunk;
    int _barRows;
    int _featureRows;

    public LayerStage(DuckDatabase database, ITradingCalendar calendar, FeaturePipeline pipeline)
    {
        var number = Interlocked.Increment(ref s_count).ToString(CultureInfo.InvariantCulture);
        (_calendar, _width) = (calendar, pipeline.Width);
        (Bars, Features) = ($"_kstock_bars_{number}", $"_kstock_features_{number}");
        _barConnection = database.Connect();
        _featureConnection = database.Connect();
        Create(_barConnection, Bars, LakeTables.BarsDefinition);
        Create(_featureConnection, Features, LakeTables.FeaturesDefinition(pipeline));
        _barChunk = _barConnection.Append(Bars);
        _featureChunk = _featureConnection.Append(Features);
    }

    /// <summary>Table of silver's rows.</summary>
    public string Bars { get; }

    /// <summary>Table of gold's rows.</summary>
    public string Features { get; }

    /// <inheritdoc/>
    public void Add(in BarRow row)
    {
        var day = _calendar.TradingDay(row.EndUs - 1);
        var cells = new StageRow(_barChunk, _barRows++);
        cells.Text(row.Series.ToString());
        cells.Text(row.Series.Symbol);
        cells.Text(row.Series.Source);
        cells.Text(row.IsRevised ? LakeTables.Revised : LakeTables.AsServed);
        cells.Int(day.DayNumber - s_epochDay);
        cells.Long(row.StartUs);
        cells.Long(row.EndUs);
        cells.Long(row.Open.Micros);
        cells.Long(row.High.Micros);
        cells.Long(row.Low.Micros);
        cells.Long(row.Close.Micros);
        cells.Long(row.Volume);
        cells.Long(row.Ticks);
        cells.Long(row.EndUs / 1000);
        cells.Double(row.SplitFactor);
        cells.Long(Math.Min(row.KnownAtUs, BronzeColumns.TimeUsMax));
        cells.LongOrNull(row.FirstTickUs);
        cells.LongOrNull(row.LastTickUs);
        cells.Text(row.Place.Topic);
        cells.Int(row.Place.Partition);
        cells.Long(row.Place.Offset);
        cells.Text(row.Series.Interval);
        cells.Int(day.Year);
        if (_barRows < DuckAppender.Capacity) return;
        _barChunk.Flush(_barRows);
        _barRows = 0;
    }

    /// <inheritdoc/>
    public void Add(FeatureRow row)
    {
        var bar = row.Bar;
        var day = _calendar.TradingDay(bar.EndUs - 1);
        var cells = new StageRow(_featureChunk, _featureRows++);
        cells.Text(bar.Series.ToString());
        cells.Text(bar.Series.Symbol);
        cells.Text(bar.Series.Source);
        cells.Text(bar.Series.Interval);
        cells.Int(day.DayNumber - s_epochDay);
        cells.Long(bar.StartUs);
        cells.Long(bar.EndUs);
        cells.Long(bar.EndUs / 1000);
        cells.Double(bar.Open.ToDouble());
        cells.Double(bar.High.ToDouble());
        cells.Double(bar.Low.ToDouble());
        cells.Double(bar.Close.ToDouble());
        cells.Long(bar.Volume);
        cells.Double(row.AveOpen);
        cells.Double(row.AveHigh);
        cells.Double(row.AveLow);
        cells.Double(row.AveClose);
        cells.Long(row.TotalVolume);
        cells.Double(row.MeanClose);
        cells.Int(day.Year);
        cells.Int(day.Month);
        cells.Int(day.Day);
        cells.Double(PortableMath.Log1p(bar.Close.ToDouble()));
        Learnt(ref cells, row);
        if (_featureRows < DuckAppender.Capacity) return;
        _featureChunk.Flush(_featureRows);
        _featureRows = 0;
    }

    /// <summary>Makes all rows visible to other connections.</summary>
    public void Complete()
    {
        _barChunk.Flush(_barRows);
        _barChunk.Complete();
        _featureChunk.Flush(_featureRows);
        _featureChunk.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _barChunk.Dispose();
        _featureChunk.Dispose();
        _barConnection.Execute($"DROP TABLE IF EXISTS {Bars}; DROP TABLE IF EXISTS {Features}", CancellationToken.None);
        _barConnection.Dispose();
        _featureConnection.Dispose();
    }

    void Learnt(ref StageRow cells, FeatureRow row)
    {
        if (row.Features is null) cells.Nulls(_width);
        else foreach (var feature in row.Features) cells.Float(feature);
        if (row.HasLabel)
        {
            cells.Double(row.Label);
            cells.Long(row.TargetEndUs);
            cells.Double(row.TargetClose);
        }
        else
        {
            cells.Nulls(3);
        }

        if (row.Features is null)
        {
            cells.Nulls(2);
            return;
        }

        cells.Long(row.Fingerprint);
        cells.Long(row.Epoch);
    }

    static void Create(DuckConnection connection, string table, TableDefinition definition)
    {
        var columns = definition.Schema.Fields.Select(field => $"{Sql.Name(field.Name)} {ParquetType.SqlOf(field.Type)}");
        connection.Execute($"CREATE TABLE {table} ({string.Join(", ", columns)})");
    }
}
