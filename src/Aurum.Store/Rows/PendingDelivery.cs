using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store.Archive;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.Store.Rows;

/// <summary>What a delivery is about, and what came with it beside rows.</summary>
internal sealed class PendingDelivery(Feed feed, OperatingDay day, Instant knownAt)
{
    public Feed Feed { get; } = feed;

    public OperatingDay Day { get; } = day;

    public Instant KnownAt { get; } = knownAt;

    public List<(long Id, FileRecord Record)> Files { get; } = [];

    public List<DeadLetter> DeadLetters { get; } = [];

    public List<DriftNote> Drift { get; } = [];

    /// <summary>What is known of the feed's files from now on, where that has changed.</summary>
    public List<FeedShape> Shapes { get; } = [];

    /// <summary>What the gate made of the rows; null where it saw none.</summary>
    public GateRecord? Gate { get; set; }

    /// <summary>Under which right it is worked on; null: nobody else could. It must still be held when the delivery is
    /// committed.</summary>
    public WorkLease? Lease { get; init; }

    public FileCounts Counts { get; } = new();

    /// <exception cref="ArgumentException">The file is not one of the delivery's.</exception>
    public long IdOf(FileRecord file)
    {
        foreach (var (id, record) in Files)
        {
            if (record == file)
            {
                return id;
            }
        }

        throw new ArgumentException($"file {file.Fetch.FileName} ({file.Sha256[..8]}) is not part of the delivery");
    }
}
