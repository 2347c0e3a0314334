using Aurum.App.Ingest;
using Aurum.Market.Text;
using Aurum.Sources;
using NodaTime;

namespace Aurum.App.Configuration;

/// <summary>The AURUM_ variables that mean something, and those that were probably meant to.</summary>
internal static class VariableNames
{
    private const string Prefix = "AURUM_";

    /// <summary>Variables of a single underscore that are understood: addresses, engines, credentials of publishers.</summary>
    public static IReadOnlyList<string> Known(Instant now) =>
    [
        .. WellKnownVariables.All.Select(static v => v.Name).Concat(Credentials(now))
            .Where(static n => n.StartsWith(Prefix, StringComparison.Ordinal)).Distinct(),
    ];

    /// <summary>Variables of the credentials that publishers want.</summary>
    public static IEnumerable<string> Credentials(Instant now) =>
        FeedCatalog.All.SelectMany(feed => feed.Locate(feed.Day(Planner.LastDay(feed, now).Date), now))
            .SelectMany(static r => r.SecretNames).Distinct().Select(Secrets.VariableOf);

    /// <summary>What to tell about variables that are not understood and look like one that is.</summary>
    public static IReadOnlyList<string> Doubts(IReadOnlyDictionary<string, string?> variables, Instant now)
    {
        var known = Known(now);
        var rests = known.Select(static n => n[Prefix.Length..]).ToList();
        return
        [
            .. variables.Keys.Order(StringComparer.Ordinal)
                .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && !n.StartsWith(SettingLayers.Prefix, StringComparison.Ordinal)
                    && !known.Contains(n))
                .Select(n => (Name: n, Near: NearestName.To(n[Prefix.Length..], rests)))
                .Where(static n => n.Near is not null)
                .Select(static n => $"the variable {n.Name} is not understood; did you mean {Prefix}{n.Near}?"),
        ];
    }
}
