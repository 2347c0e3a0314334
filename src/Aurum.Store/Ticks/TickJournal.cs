using Aurum.Store.Archive;

namespace Aurum.Store.Ticks;

/// <summary>The write-ahead log of the tick pipeline: numbered frames of opaque bytes in a folder of segments, and snapshots of the state
/// that the frames up to one of them have made.</summary>
/// <remarks>
/// <para>A frame is durable when <see cref="Sync"/> has returned its number, and not before. Numbers start at 1 and have no holes.</para>
/// <para>After each sync a mark is written behind the frames. A record that is not whole, with no mark behind it that speaks of it, was
/// never acknowledged: it is cut off when the journal is opened. With such a mark it is damage, and the journal is not opened.</para>
/// <para>The store's lock keeps other processes out. Safe from several threads: frames can be appended while others are synced.</para>
/// </remarks>
public sealed class TickJournal : IDisposable
{
    private readonly TickJournalOptions _options;
    private readonly Lock _syncing = new();
    private readonly Lock _gate = new();
    private readonly JournalSnapshots _snapshots;
    private readonly List<string> _repairs = [];

    /// <summary>First frames of the segments, and their bytes; the last one is being written.</summary>
    private readonly List<(long First, long Bytes)> _segments = [];
    private byte[] _record = [];
    private SegmentWriter? _segment;
    private string? _broken;
    private long _last;
    private long _durable;
    private long _bytes;

    private TickJournal(string folder, TickJournalOptions options)
    {
        (Folder, _options) = (folder, options);
        _snapshots = new JournalSnapshots(folder, options);
    }

    public string Folder { get; }

    /// <summary>Number of the last frame that was appended; 0 before the first.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Number of the last frame that is on disk.</summary>
    public long Durable => Volatile.Read(ref _durable);

    /// <summary>Bytes of all segments.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Whether the segment has reached its size: time for <see cref="Roll"/>.</summary>
    public bool IsSegmentFull => _segment!.End >= _options.SegmentBytes;

    /// <summary>What had to be mended, in words: a torn tail that was cut, a snapshot that is not whole.</summary>
    public IReadOnlyList<string> Repairs => _repairs;

    /// <summary>Opens the journal of a folder, and makes the folder where it is not there.</summary>
    /// <exception cref="StoreException">Frames that were durable are damaged or missing; the message names file and byte.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public static TickJournal Open(string folder, TickJournalOptions options)
    {
        options.Check();
        DurableFolder.Create(folder);
        var journal = new TickJournal(folder, options);
        try
        {
            journal.Recover();
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Writes a frame. It is durable after the next <see cref="Sync"/>.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="ArgumentException">The frame is empty or too large.</exception>
    /// <exception cref="IOException">No room on the disk, or the journal's limit: nothing of the frame is kept, and the next one can be
    /// tried when there is room.</exception>
    /// <exception cref="StoreException">A sync has failed before.</exception>
    public long Append(ReadOnlySpan<byte> frame)
    {
        if (frame.IsEmpty || frame.Length > _options.MaxFrameBytes)
        {
            throw new ArgumentException($"expected a frame of 1 to {_options.MaxFrameBytes} bytes, found {frame.Length}", nameof(frame));
        }

        lock (_gate)
        {
            CheckUsable();
            var size = JournalFormat.HeadBytes + frame.Length;
            if (_bytes + size > _options.MaxBytes)
            {
                throw new IOException(
                    $"frame {_last + 1} was not written: the journal in {Folder} has {_bytes} bytes, its limit is {_options.MaxBytes}");
            }

            if (_record.Length < size)
            {
                _record = GC.AllocateUninitializedArray<byte>(Math.Max(size, Math.Min(_record.Length * 2, _options.MaxFrameBytes)));
            }

            JournalFormat.WriteFrameHead(_record, _last + 1, frame);
            frame.CopyTo(_record.AsSpan(JournalFormat.HeadBytes));
            _segment!.Write(_record.AsSpan(0, size));
            Grew();
            Volatile.Write(ref _last, _last + 1);
            return _last;
        }
    }

    /// <summary>Makes all frames durable that were appended before the call.</summary>
    /// <returns>The number of the last one of them.</returns>
    /// <exception cref="StoreException">The disk failed: what it has is not known, and the journal takes nothing more.</exception>
    public long Sync()
    {
        lock (_syncing)
        {
            long last;
            lock (_gate)
            {
                CheckUsable();
                last = _last;
            }

            if (last > _durable)
            {
                Flush();
                lock (_gate)
                {
                    Synced(last);
                }
            }

            return last;
        }
    }

    /// <summary>Stores the state that the frames up to <see cref="Last"/> have made, and starts a new segment. Frames
    /// wait meanwhile.</summary>
    /// <exception cref="IOException">No room: the segment goes on, and it can be tried again.</exception>
    public void Roll(ReadOnlySpan<byte> snapshot)
    {
        if (snapshot.Length > _options.MaxSnapshotBytes)
        {
            throw new ArgumentException(
                $"expected a snapshot of at most {_options.MaxSnapshotBytes} bytes, found {snapshot.Length}", nameof(snapshot));
        }

        lock (_syncing)
        {
            lock (_gate)
            {
                CheckUsable();
                if (_last > _durable)
                {
                    Flush();
                    Synced(_last);
                }

                _snapshots.Store(_last, snapshot);
                if (_segments[^1].First <= _last)
                {
                    StartSegment(_last + 1);
                }
            }
        }
    }

    /// <summary>The newest snapshot that is whole; null where there is none.</summary>
    /// <param name="notAfter">Number of the last frame that it may be of.</param>
    public JournalSnapshot? Snapshot(long notAfter = long.MaxValue)
    {
        lock (_gate)
        {
            return _snapshots.Read(notAfter, _repairs);
        }
    }

    /// <summary>The frames with higher numbers than one, in order, as they were when the reading began.</summary>
    /// <exception cref="StoreException">One of them is damaged or missing; the message names file and byte.</exception>
    public IEnumerable<JournalFrame> Frames(long after)
    {
        List<long> firsts;
        long last;
        lock (_gate)
        {
            firsts = [.. _segments.Select(s => s.First)];
            last = _last;
        }

        if (after < last && after + 1 < firsts[0])
        {
            throw new StoreException(
                $"frames {after + 1} to {firsts[0] - 1} are missing in {Folder}: expected {JournalFormat.SegmentName(after + 1)} "
                + $"or one before it, found {JournalFormat.SegmentName(firsts[0])} as the first one");
        }

        for (var i = 0; i < firsts.Count; i++)
        {
            var until = i + 1 < firsts.Count ? firsts[i + 1] - 1 : last;
            if (until <= after)
            {
                continue;
            }

            using var segment = new SegmentReader(PathOf(firsts[i]), firsts[i]);
            while (segment.Expected <= until && segment.Next(after))
            {
                yield return new JournalFrame(segment.Expected - 1, segment.Frame);
            }

            if (segment.Expected <= until)
            {
                throw Damaged(segment, until);
            }
        }
    }

    /// <summary>Deletes what nobody needs: snapshots before the last two that the tables have reached, and segments all of whose frames
    /// are part of the elder of these.</summary>
    /// <param name="settledFrame">Number of the last frame that is in the tables.</param>
    /// <returns>Bytes that were freed.</returns>
    public long Release(long settledFrame)
    {
        lock (_gate)
        {
            var before = _bytes;
            var through = _snapshots.Release(settledFrame);
            while (_segments.Count > 1 && _segments[1].First - 1 <= through)
            {
                File.Delete(PathOf(_segments[0].First));
                Volatile.Write(ref _bytes, _bytes - _segments[0].Bytes);
                _segments.RemoveAt(0);
            }

            return before - _bytes;
        }
    }

    public void Dispose()
    {
        lock (_syncing)
        {
            lock (_gate)
            {
                _broken ??= "it is closed";
                _segment?.Dispose();
            }
        }
    }

    private static StoreException Damaged(SegmentReader segment, long until) => new(
        $"{segment.Path}: byte {segment.Position}: "
        + (segment.Fault ?? $"expected frame {segment.Expected}, found the end of the file")
        + $"; frames {segment.Expected} to {until} were on disk, and are lost with it");

    private void Recover()
    {
        foreach (var path in Directory.EnumerateFiles(Folder, "*" + JournalFormat.SegmentEnding))
        {
            if (JournalFormat.NumberOf(path) is { } first)
            {
                _segments.Add((first, new FileInfo(path).Length));
            }
        }

        _segments.Sort();
        if (_segments.Count == 0)
        {
            CheckSnapshot();
            StartSegment(1);
            return;
        }

        _bytes = _segments.SkipLast(1).Sum(s => s.Bytes);
        var last = _segments[^1].First;
        _segments.RemoveAt(_segments.Count - 1);
        if (!TryRecover(last))
        {
            StartSegment(last);
            _repairs.Add($"{PathOf(last)} was made anew: it had no whole head");
        }

        CheckSnapshot();
    }

    /// <summary>Reads the segment that was written last, and cuts off what was never acknowledged.</summary>
    /// <returns>False where not even its head is there.</returns>
    private bool TryRecover(long first)
    {
        var path = PathOf(first);
        long end;
        using (var reader = new SegmentReader(path, first))
        {
            var length = new FileInfo(path).Length;
            while (reader.Next())
            {
            }

            _last = _durable = reader.Expected - 1;
            if (reader.Position == 0 && length <= JournalFormat.SegmentHeadBytes)
            {
                return false;
            }

            if (reader.Position == 0 || (reader.Fault is not null && reader.FindMark(reader.Expected) is not null))
            {
                throw Damaged(reader, Math.Max(reader.Expected, reader.FindMark(reader.Expected) ?? 0));
            }

            end = reader.Position;
            if (reader.Fault is not null)
            {
                _repairs.Add($"{path}: cut at byte {end}, {length - end} bytes behind it: {reader.Fault}");
            }
        }

        _segment = SegmentWriter.Continue(path, end, _options.Write);
        _segments.Add((first, 0));
        Grew();
        return true;
    }

    private void CheckSnapshot()
    {
        if (_snapshots.Newest > _last)
        {
            throw new StoreException(
                $"{Path.Combine(Folder, JournalFormat.SnapshotName(_snapshots.Newest))} has the state after frame {_snapshots.Newest}, "
                + $"but the journal ends with frame {_last}: segments are missing");
        }
    }

    private void StartSegment(long first)
    {
        var next = SegmentWriter.Create(PathOf(first), first, _options.Write);
        _segment?.Dispose();
        _segment = next;
        _segments.Add((first, 0));
        (_last, _durable) = (first - 1, first - 1);
        Grew();
    }

    /// <summary>Takes the new length of the segment that is being written.</summary>
    private void Grew()
    {
        var (first, before) = _segments[^1];
        _segments[^1] = (first, _segment!.End);
        Volatile.Write(ref _bytes, _bytes + _segment.End - before);
    }

    private void Synced(long last)
    {
        Volatile.Write(ref _durable, last);
        _segment!.Mark(last);
        Grew();
    }

    private void Flush()
    {
        try
        {
            _segment!.Flush();
        }
        catch (IOException error)
        {
            _broken = $"a sync has failed, so that nobody knows what the disk has: {error.Message}";
            throw new StoreException($"the journal in {Folder} takes nothing more: {_broken}", error);
        }
    }

    private void CheckUsable()
    {
        if (_broken is not null)
        {
            throw new StoreException($"the journal in {Folder} takes nothing more: {_broken}");
        }
    }

    private string PathOf(long first) => Path.Combine(Folder, JournalFormat.SegmentName(first));
}

/// <summary>A frame of the journal.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Bytes">As they were appended; valid until the next frame is read.</param>
public readonly record struct JournalFrame(long Number, ReadOnlyMemory<byte> Bytes);

/// <summary>The state that frames have made.</summary>
/// <param name="Frame">Number of the last of them; 0 where there was none.</param>
/// <param name="Bytes">As they were given to <see cref="TickJournal.Roll"/>.</param>
public sealed record JournalSnapshot(long Frame, byte[] Bytes);
