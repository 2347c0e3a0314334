using System.Text.RegularExpressions;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Text;
using Aurum.Market.Time;
using Aurum.Sources.Fred;
using Aurum.Sources.Noaa;
using Aurum.Sources.WorldBank;
using NodaTime;

namespace Aurum.Sources;

/// <summary>Which series are asked for, where somebody wants others than the feeds' own: a list a provider.</summary>
/// <remarks>
/// <para>fred: ids, each with a colon and the letter of its frequency (<c>UNRATE:M</c>), which answers do not say; the feed's own
/// need none. Other ids have no unit in their rows: the catalog says it.</para>
/// <para>noaa: ids of GHCN daily. worldbank: ids of indicators.</para>
/// </remarks>
public sealed partial class SeriesLists
{
    /// <summary>Entries of a list at most: a look at a day asks once for each.</summary>
    public const int MostEntries = 200;

    /// <summary>The feeds' own.</summary>
    public static readonly SeriesLists Default = new([]);

    private static readonly string[] Providers = ["fred", "noaa", "worldbank"];

    private readonly Dictionary<FeedId, Func<OperatingDay, Instant, IReadOnlyList<FeedRequest>>> _requests;

    private SeriesLists(Dictionary<FeedId, Func<OperatingDay, Instant, IReadOnlyList<FeedRequest>>> requests) => _requests = requests;

    /// <param name="lists">Entries by provider.</param>
    /// <exception cref="ArgumentException">No such provider, an entry that can't be one of its ids, an empty list, one twice.</exception>
    public static SeriesLists Of(IReadOnlyDictionary<string, string[]> lists)
    {
        var requests = new Dictionary<FeedId, Func<OperatingDay, Instant, IReadOnlyList<FeedRequest>>>();
        foreach (var (provider, entries) in lists)
        {
            Check(provider, entries);
            switch (provider)
            {
                case "fred":
                    FredSeries[] series = [.. entries.Select(SeriesOf)];
                    requests[Observations.Feed.Id] = (day, now) => Observations.Requests(series, day, now);
                    requests[SeriesCatalog.Feed.Id] = SeriesCatalog.Of(series).Locate;
                    break;
                case "noaa":
                    requests[GhcnDaily.Feed.Id] = (day, _) => GhcnDaily.Requests(entries, day);
                    requests[ReferenceCatalog.Feed.Id] = ReferenceCatalog.Of(entries).Locate;
                    break;
                default:
                    requests[Indicators.Feed.Id] = (day, _) => Indicators.Requests(entries, day);
                    break;
            }
        }

        return new SeriesLists(requests);
    }

    /// <summary>The requests of a feed's day, for the series of the lists.</summary>
    public IReadOnlyList<FeedRequest> Requests(Feed feed, OperatingDay day, Instant now) =>
        _requests.TryGetValue(feed.Id, out var locate) ? locate(day, now) : feed.Locate(day, now);

    private static void Check(string provider, string[] entries)
    {
        if (!Providers.Contains(provider))
        {
            var nearest = NearestName.To(provider, Providers);
            throw new ArgumentException(
                $"Series:{provider}: expected one of {string.Join(", ", Providers)}{(nearest is null ? "" : $"; did you mean {nearest}?")}");
        }

        if (entries.Length is 0 or > MostEntries)
        {
            throw new ArgumentException($"Series:{provider}: expected 1 to {MostEntries} entries, found {entries.Length}");
        }

        var (form, like) = provider switch
        {
            "fred" => (FredId(), "an id of at most 25 capitals and digits with its frequency, like UNRATE:M"),
            "noaa" => (StationId(), "a station of GHCN daily, like USW00094728"),
            _ => (IndicatorId(), "an indicator like EG.USE.ELEC.KH.PC"),
        };
        for (var i = 0; i < entries.Length; i++)
        {
            if (!form.IsMatch(entries[i]) || (provider == "fred" && !entries[i].Contains(':') && FredSeries.Find(entries[i]) is null))
            {
                throw new ArgumentException($"Series:{provider}:{i}: expected {like}, found '{entries[i]}'");
            }

            if (Array.IndexOf(entries, entries[i]) != i)
            {
                throw new ArgumentException($"Series:{provider}:{i}: expected each entry once, found '{entries[i]}' again");
            }
        }
    }

    private static FredSeries SeriesOf(string entry)
    {
        var parts = entry.Split(':');
        return FredSeries.Find(parts[0]) is { } known && (parts.Length == 1 || known.Frequency.ToCode() == parts[1])
            ? known
            : new FredSeries(parts[0], SeriesFrequencies.OfCode(parts[1])!.Value, "");
    }

    [GeneratedRegex("^[A-Z][A-Z0-9]{0,24}(:(D|W|BW|M|Q|SA|A))?$")]
    private static partial Regex FredId();

    [GeneratedRegex("^[A-Z]{2}[A-Z0-9_]{9}$")]
    private static partial Regex StationId();

    [GeneratedRegex(@"^[A-Z0-9]+(\.[A-Z0-9]+)+$")]
    private static partial Regex IndicatorId();
}
