namespace Aurum.Store.Ticks;

/// <summary>The write-ahead log of the tick pipeline: numbered frames of opaque bytes in a folder of segments, and snapshots of the state
/// that the frames up to one of them have made.</summary>
/// <remarks>
/// <para>A frame is durable when <see cref="Sync"/> has returned its number, and not before. Numbers start at 1 and have no holes.</para>
/// <para>One process has a folder open at a time. Safe from several threads: frames can be appended while others are synced.</para>
/// </remarks>
public sealed class TickJournal : IDisposable
{
    private TickJournal(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Number of the last frame that was appended; 0 before the first.</summary>
    public long Last { get; }

    /// <summary>Number of the last frame that is on disk.</summary>
    public long Durable { get; }

    /// <summary>Bytes of all segments.</summary>
    public long Bytes { get; }

    /// <summary>Whether the segment has reached its size: time for <see cref="Roll"/>.</summary>
    public bool IsSegmentFull { get; }

    /// <summary>What had to be mended when the journal was opened, in words: a torn tail that was cut, a snapshot that is not whole.</summary>
    public IReadOnlyList<string> Repairs { get; } = [];

    /// <summary>Opens the journal of a folder, and makes the folder where it is not there.</summary>
    /// <exception cref="StoreException">Frames that were durable are damaged or missing; the message names file and byte.</exception>
    /// <exception cref="IOException">The disk failed, or somebody else has the journal open.</exception>
    public static TickJournal Open(string folder, TickJournalOptions options) => new(folder);

    /// <summary>Writes a frame. It is durable after the next <see cref="Sync"/>.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="ArgumentException">The frame is empty or too large.</exception>
    /// <exception cref="IOException">No room on the disk, or the journal's limit: nothing of the frame is kept, and the next one can be tried
    /// when there is room.</exception>
    public long Append(ReadOnlySpan<byte> frame) => throw new NotSupportedException();

    /// <summary>Makes all frames durable that were appended before the call.</summary>
    /// <returns>The number of the last one of them.</returns>
    /// <exception cref="StoreException">The disk failed: what it has is not known, and the journal takes nothing more.</exception>
    public long Sync() => throw new NotSupportedException();

    /// <summary>Stores the state that the frames up to <see cref="Last"/> have made, and starts a new segment.</summary>
    public void Roll(ReadOnlySpan<byte> snapshot) => throw new NotSupportedException();

    /// <summary>The newest snapshot that is whole; null where there is none.</summary>
    public JournalSnapshot? Snapshot() => throw new NotSupportedException();

    /// <summary>The frames with higher numbers than one, in order, as they were when the reading began.</summary>
    /// <exception cref="StoreException">One of them is damaged or missing; the message names file and byte.</exception>
    public IEnumerable<JournalFrame> Frames(long after) => throw new NotSupportedException();

    /// <summary>Deletes segments that nobody needs: all of whose frames are in the tables, and are part of the elder of the two snapshots
    /// that are kept.</summary>
    /// <param name="settledFrame">Number of the last frame that is in the tables.</param>
    /// <returns>Bytes that were freed.</returns>
    public long Release(long settledFrame) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

/// <summary>A frame of the journal.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Bytes">As they were appended; valid until the next frame is read.</param>
public readonly record struct JournalFrame(long Number, ReadOnlyMemory<byte> Bytes);

/// <summary>The state that frames have made.</summary>
/// <param name="Frame">Number of the last of them; 0 where there was none.</param>
/// <param name="Bytes">As they were given to <see cref="TickJournal.Roll"/>.</param>
public sealed record JournalSnapshot(long Frame, byte[] Bytes);
