using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.App.Simulation;

/// <summary>A simulated stretch of time.</summary>
/// <param name="Seed">Seed of world, faults, kills and start.</param>
/// <param name="Days">Virtual days, 1 to 731.</param>
/// <param name="HasFaults">Whether publishers answer badly at times and the process gets killed.</param>
/// <param name="HasAllFeeds">All feeds that the sandbox answers for, rather than the seed's choice of them.</param>
/// <param name="HasAllPublishers">Feeds of all publishers, rather than of four.</param>
internal sealed record SimulationOptions(
    ulong Seed, int Days, bool HasFaults, bool HasAllFeeds = false, bool HasAllPublishers = false)
{
    /// <summary>The publishers whose feeds all take part; null: as <see cref="HasAllPublishers"/> says.</summary>
    public IReadOnlyList<string>? Publishers { get; init; }

    /// <summary>Feeds that a seed chooses: enough of each publisher to meet each other, few enough to be quick.</summary>
    public const int ChosenFeeds = 10;

    /// <summary>The publishers of a life unless all are asked for: CSV, zip, XML and paged JSON, in three time zones.</summary>
    private static readonly string[] UsualPublishers = ["caiso", "nyiso", "ercot", "eia"];

    /// <summary>Days around which simulations start: clock changes both ways, a leap day, a year's end, an ordinary day.</summary>
    private static readonly LocalDate[] Starts =
    [
        new(2025, 3, 8), new(2025, 11, 1), new(2026, 3, 7), new(2026, 10, 31), new(2024, 2, 28), new(2025, 12, 30), new(2026, 6, 10),
    ];

    /// <summary>Noon UTC of the first day.</summary>
    public Instant Start => (Starts[(int)(Seed % (ulong)Starts.Length)] + new LocalTime(12, 0)).InUtc().ToInstant();

    public Instant End => Start + Duration.FromDays(Days);

    /// <summary>The seed's choice, in the order of the catalog: every publisher has its share, and over the
    /// seeds every feed has its turn.</summary>
    public IReadOnlyList<Feed> Choose(IReadOnlyList<Feed> feeds)
    {
        if (Publishers is { } named)
        {
            return [.. feeds.Where(f => named.Contains(f.Id.Publisher))];
        }

        if (!HasAllPublishers)
        {
            feeds = [.. feeds.Where(f => UsualPublishers.Contains(f.Id.Publisher))];
        }

        if (HasAllFeeds)
        {
            return feeds;
        }

        var dice = new Random((int)(Seed % int.MaxValue));
        var drawn = feeds.GroupBy(f => f.Id.Publisher).SelectMany(publisher => publisher
            .OrderBy(_ => dice.Next())
            .Select((feed, place) => (Feed: feed, Turn: (double)place / publisher.Count())));
        var chosen = drawn.OrderBy(f => f.Turn).Take(ChosenFeeds).Select(f => f.Feed).ToHashSet();
        return [.. feeds.Where(chosen.Contains)];
    }
}
