using Kafka.Stock.Contracts;
using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor;

/// <summary>One pass over all files: the merge itself.</summary>
sealed class ReplayRun(
    FileReplayOptions options, IReadOnlyCollection<IngestPosition> positions, IMarketSink sink, Pacer pacer, ProgressMeter meter)
        : IDisposable
{
    readonly TrackTable _tracks = new(positions);
    readonly WatermarkQueue _watermarks = new(options.WatermarkStepSeconds * 1_000_000L);
    readonly PriorityQueue<FileCursor, MergeKey> _queue = new(MergeKey.Order);
    readonly ReferenceFeed _reference = new(options.Reference);
    readonly string _intradayInterval = options.IntradayBarLength.ToString();
    readonly string _sessionInterval = BarInterval.Session.ToString();
    List<FileCursor> _files = [];
    Queue<DueAction> _actions = [];
    int _untilPositions = options.PositionEveryRecords;

    /// <summary>Reads all files to their ends.</summary>
    public async Task<IngestProgress> RunAsync(CancellationToken cancellation)
    {
        try
        {
            await OpenAsync(cancellation);
            while (_queue.TryDequeue(out var file, out var key))
            {
                cancellation.ThrowIfCancellationRequested();
                if (key.IsReference)
                {
                    await PublishReferenceAsync(file, cancellation);
                    continue;
                }

                await PublishActionsAsync(key.TimeUs, cancellation);
                await PublishWatermarksAsync(key.TimeUs, cancellation);
                await PublishLineAsync(file, cancellation);
                await AdvanceAsync(file, key.Rank, cancellation);
            }

            await PublishWatermarksAsync(long.MaxValue, cancellation);
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or BrokenInputException)
        {
            _tracks.WritePositions(sink);
            meter.Finish(_files);
            throw;
        }

        _tracks.WritePositions(sink);
        return meter.Finish(_files);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    async Task OpenAsync(CancellationToken cancellation)
    {
        var input = InputFiles.Of(options.Paths);
        foreach (var path in input.Data) _files.Add(FileCursor.Open(path, options, cancellation));
        _files = [.. _files
            .OrderBy(file => file.Symbol ?? "", StringComparer.Ordinal).ThenBy(file => file.Source, StringComparer.Ordinal)
            .ThenBy(file => file.Kind).ThenBy(file => Path.GetFileName(file.Path), StringComparer.Ordinal)
            .ThenBy(file => file.Path, StringComparer.Ordinal)];
        List<DueAction> due = [];
        foreach (var path in input.CorporateActions) due.AddRange(await ReadActionsAsync(path, cancellation));
        due.Sort(DueAction.Compare);
        _actions = new Queue<DueAction>(due);
        for (var rank = 0; rank < _files.Count; rank++) await AdvanceAsync(_files[rank], rank, cancellation);
    }

    async Task<List<DueAction>> ReadActionsAsync(string path, CancellationToken cancellation)
    {
        var folder = FolderOf(path);
        List<string> sources = [.. _files.Where(file => FolderOf(file.Path) == folder).Select(file => file.Source).Distinct()
            .Order(StringComparer.Ordinal)];
        var calendars = sources.ConvertAll(options.CalendarOf);
        var actions = CorporateActionFile.Read(path, calendars, cancellation);
        if (!positions.Any(position => sources.Contains(position.Source)))
        {
            foreach (var letter in actions.DeadLetters)
            {
                await sink.WaitForRoomAsync(cancellation);
                sink.DeadLetter(letter.Key, letter.Bytes, letter.Where, letter.Found, letter.Expected);
                meter.DeadLetters++;
            }
        }

        List<DueAction> due = [];
        for (var i = 0; i < sources.Count; i++)
        {
            foreach (var (line, _) in actions.Lines)
            {
                // From midnight on, because trades before the open are at the new price already.
                if (!calendars[i].TryGetSession(line.Day, out _)) continue;
                due.Add(new DueAction(calendars[i].DayStartUs(line.Day), sources[i], line));
            }
        }

        return due;
    }

    /// <summary>Goes on to the next line of a file that holds, and queues it. Dead letters of an earlier run aren't written
    /// twice.</summary>
    async ValueTask AdvanceAsync(FileCursor file, int rank, CancellationToken cancellation)
    {
        var isRepeat = file.Track is { IsWithinEarlierRun: true };
        while (true)
        {
            switch (file.Next(cancellation))
            {
                case CursorStep.Line:
                    var place = new MergeKey(file.Current.EndUs, rank);
                    _queue.Enqueue(file, place);
                    if (_reference.Has(file)) _queue.Enqueue(file, place.AsReference());
                    return;
                case CursorStep.Fault:
                    if (!isRepeat) await PublishDeadLetterAsync(file, file.Explain(), cancellation);
                    break;
                case CursorStep.End:
                    if (file.Kind != FileKind.Trades && file.Track is not null) _watermarks.AddAtEnd(file.Track);
                    file.Dispose();
                    return;
                default:
                    throw new InvalidOperationException("a step of a cursor without a meaning");
            }
        }
    }

    /// <summary>Tells every partition a bar of the reference, before anything else of its time: it stays queued as a bar of its
    /// own series.</summary>
    async ValueTask PublishReferenceAsync(FileCursor file, CancellationToken cancellation)
    {
        var endUs = file.Current.EndUs;
        await PublishActionsAsync(endUs - 1, cancellation);
        await PublishWatermarksAsync(endUs - 1, cancellation);
        var track = _tracks.GetOrAdd(file.Current.Symbol, file.Source);
        var sequence = track.NextSequence(endUs);
        if (track.IsRepeat(sequence)) return;
        await pacer.WaitUntilAsync(endUs, cancellation);
        await sink.WaitForRoomAsync(cancellation);
        var interval = file.Kind == FileKind.DailyBars ? _sessionInterval : _intradayInterval;
        sink.Publish(ReferenceFeed.Bar(file, interval, sequence));
        meter.ReferenceBars++;
    }

    async ValueTask PublishActionsAsync(long untilUs, CancellationToken cancellation)
    {
        while (_actions.TryPeek(out var action) && action.EffectiveUs <= untilUs)
        {
            _actions.Dequeue();
            await PublishWatermarksAsync(action.EffectiveUs, cancellation);
            var line = action.Line;
            if (_tracks.Find(line.Symbol, action.Source) is not { HasHistory: true } track) continue;
            if (!await IsNewAsync(track, action.EffectiveUs, cancellation)) continue;
            sink.Publish(new CorporateAction(
                line.Symbol, action.Source, line.Kind, action.EffectiveUs, line.PriceFactor, line.VolumeFactor, track.LastSequence));
            meter.CorporateActions++;
        }
    }

    async ValueTask PublishWatermarksAsync(long untilUs, CancellationToken cancellation)
    {
        while (_watermarks.TryTake(untilUs, out var track, out var timeUs))
        {
            if (!await IsNewAsync(track, timeUs, cancellation)) continue;
            sink.Publish(new Watermark(track.Symbol, track.Source, timeUs, track.LastSequence));
            meter.Watermarks++;
        }
    }

    async ValueTask PublishLineAsync(FileCursor file, CancellationToken cancellation)
    {
        var line = file.Current;
        var track = file.Track;
        if (track is null || !string.Equals(track.Symbol, line.Symbol, StringComparison.Ordinal))
        {
            file.Track = track = _tracks.GetOrAdd(line.Symbol, file.Source);
        }

        if (file.Kind == FileKind.Trades) await PublishTickAsync(track, line, cancellation);
        else await PublishBarAsync(file, track, line, cancellation);
        if (--_untilPositions > 0) return;
        _untilPositions = options.PositionEveryRecords;
        _tracks.WritePositions(sink);
    }

    async ValueTask PublishTickAsync(SourceTrack track, MarketLine line, CancellationToken cancellation)
    {
        _watermarks.AddAfter(track, line.EndUs);
        if (!await IsNewAsync(track, line.EndUs, cancellation)) return;
        sink.Publish(new Tick(track.Symbol, track.Source, line.EndUs, line.Close, line.Volume, track.LastSequence));
        meter.Ticks++;
    }

    async ValueTask PublishBarAsync(FileCursor file, SourceTrack track, MarketLine line, CancellationToken cancellation)
    {
        var isSession = file.Kind == FileKind.DailyBars;
        if (!track.TryTakeBar(isSession, line.EndUs))
        {
            if (track.IsWithinEarlierRun) return;
            var interval = isSession ? _sessionInterval : _intradayInterval;
            var second = new Defect(
                $"a second bar {track.Symbol}/{interval}/{track.Source} of that time, from another file",
                "one bar a time: one file, or two sources");
            await PublishDeadLetterAsync(file, second, cancellation);
            return;
        }

        if (!await IsNewAsync(track, line.EndUs, cancellation)) return;
        sink.Publish(new SourceBar(
            track.Symbol, track.Source, isSession ? _sessionInterval : _intradayInterval, line.StartUs, line.EndUs,
            line.Open, line.High, line.Low, line.Close, line.Volume, track.LastSequence));
        meter.Bars++;
    }

    /// <summary>Numbers the next record of a track; when it is new, waits until it is its time and there is room.</summary>
    async ValueTask<bool> IsNewAsync(SourceTrack track, long eventTimeUs, CancellationToken cancellation)
    {
        meter.EventTimeUs = Math.Max(meter.EventTimeUs, eventTimeUs);
        meter.Look(_files, options.SpeedFactor is not null);
        var sequence = track.NextSequence(eventTimeUs);
        var isNew = !track.IsRepeat(sequence);
        if (isNew)
        {
            await pacer.WaitUntilAsync(eventTimeUs, cancellation);
            await sink.WaitForTimeAsync(eventTimeUs, cancellation);
            await sink.WaitForRoomAsync(cancellation);
        }
        else
        {
            meter.Skipped++;
        }

        // Only now: a stop while waiting must not leave a position that covers what wasn't published.
        track.Take(sequence, eventTimeUs);
        return isNew;
    }

    async ValueTask PublishDeadLetterAsync(FileCursor file, Defect defect, CancellationToken cancellation)
    {
        await sink.WaitForRoomAsync(cancellation);
        sink.DeadLetter(file.Symbol ?? Path.GetFileName(file.Path), file.Bytes, file.Where, defect.Found, defect.Expected);
        meter.DeadLetters++;
        meter.Look(_files, options.SpeedFactor is not null);
    }

    static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
}
