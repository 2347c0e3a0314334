using NodaTime;

namespace Aurum.App.Simulation;

/// <summary>Months of virtual time in one process that is never restarted: nothing may grow, and every law holds in the end.</summary>
/// <remarks>
/// <para>Each week another group of feeds is collected by the real planner, so that all have their turn every few months: the week
/// itself, and before it, where the group was there before, the last 31 days of its outage. The sandbox makes its truth anew each time
/// that it is asked, and forgets its requests week by week.</para>
/// <para>Faults fall as in a short life, kills do not: they would hide what a process gathers.</para>
/// </remarks>
internal sealed class Soak(SimulatedLife life, int months)
{
    /// <summary>Feeds that are collected in the same week.</summary>
    private const int FeedsAWeek = 8;

    private static readonly Duration Week = Duration.FromDays(7);

    private readonly List<MemorySample> _samples = [];

    /// <summary>One at the end of each week.</summary>
    public IReadOnlyList<MemorySample> Samples => _samples;

    /// <summary>Weeks that are lived through: as many as begin in the months, of 30 days each.</summary>
    public int Weeks => ((months * 30) + 6) / 7;

    /// <param name="platform">The life's platform, open.</param>
    /// <param name="onWeek">Hears of the number of each week, from 1, when it is over.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task Run(Platform platform, Action<int> onWeek, CancellationToken cancel)
    {
        var groups = life.Feeds.Select((feed, i) => (Feed: feed, Group: i % GroupCount)).ToLookup(f => f.Group, f => f.Feed);
        for (var week = 0; week < Weeks; week++)
        {
            await life.Live(platform, [.. groups[week % GroupCount]], life.Start + (Week * (week + 1)), cancel);
            life.Sandbox.Forget();
            _samples.Add(MemorySample.Take());
            onWeek(week + 1);
        }
    }

    private int GroupCount => (life.Feeds.Count + FeedsAWeek - 1) / FeedsAWeek;
}
