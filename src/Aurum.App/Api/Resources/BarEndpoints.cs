using System.Globalization;
using Aurum.App.Api.Bars;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Api.Slices;
using Aurum.App.Output;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/iso/lmp/hourly</c> and <c>/daily</c>: prices summed up by hour and by operating day of the market.</summary>
internal static class BarEndpoints
{
    private const int MaxSourceRows = 100_000_000;

    /// <summary>Seconds by which the end of the usual time may lag behind the clock where answers are kept.</summary>
    private const int ClockSeconds = 5;

    private static readonly QueryParameter[] Parameters =
    [
        .. RowResources.Lmp.FilterParameters, RowResource.Start, RowResource.End, RowResource.AsOf, ZoneChoice.Parameter,
        QueryParameter.LimitOf(RowResource.MaxLimit, RowResource.DefaultLimit), RowResource.Cursor, ResponseFormats.Parameter,
    ];

    private static readonly Span Hourly = new("lmp-hourly", BarLength.Hour, DefaultDays: 7, MaxDays: 93);

    private static readonly Span Daily = new("lmp-daily", BarLength.Day, DefaultDays: 31, MaxDays: 1100);

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/iso/lmp/hourly", GetHourly).WithTags("iso").Describe("LmpHourly", "Prices by hour",
            "Mean, least and greatest price, and standard deviation, of each hour that starts in the time asked for; 7 days "
            + "where none is asked for, 93 at most. Means are weighted by the length of the intervals.", Parameters)
            .Kept(SliceRule.OfRows(Hourly.Name, RowResources.Lmp.Table, ClockSeconds));
        v1.MapGet("/iso/lmp/daily", GetDaily).WithTags("iso").Describe("LmpDaily", "Prices by operating day",
            "The same by operating day of the market, which has 23, 24 or 25 hours; 31 days where none are asked for, 1,100 at most.",
            Parameters).Kept(SliceRule.OfRows(Daily.Name, RowResources.Lmp.Table, ClockSeconds));
    }

    private static Answer<IReadOnlyList<BarShape>> GetHourly(HttpRequest request, RowServices services,
        CancellationToken cancel) =>
        Get(Hourly, request, services, cancel);

    private static Answer<IReadOnlyList<BarShape>> GetDaily(HttpRequest request, RowServices services,
        CancellationToken cancel) =>
        Get(Daily, request, services, cancel);

    private static Answer<IReadOnlyList<BarShape>> Get(Span span, HttpRequest request, RowServices services,
        CancellationToken cancel)
    {
        var list = ListRequest.Read(span.Name, Parameters, request, services);
        var zone = ZoneChoice.Read(list.Query);
        var filters = RowRequest.ReadFilters(RowResources.Lmp, list.Query, services.Feeds);
        var (start, end) = span.Bounded(RowRequest.ReadTimes(list.Query, zone, filters, services.Feeds), list.AsOf);
        var from = list.After is null ? start
            : Instant.FromUnixTimeSeconds(long.Parse(list.After[0], CultureInfo.InvariantCulture));
        using var reader = services.Store.Rows(new RowQuery(RowResources.Lmp.Table)
        {
            Filters = filters,
            Start = from,
            // The last bar starts before the end and reaches beyond it.
            End = end + Duration.FromHours(span.Length == BarLength.Hour ? 1 : 25),
            AsOf = list.AsOf,
            Limit = MaxSourceRows,
        }, cancel);
        var bars = new BarReader(span.Length, services.Feeds, reader).Read(cancel)
            .Where(b => b.Interval.Start >= from && b.Interval.Start < end && !IsBefore(b, list.After))
            .Take(list.Limit + 1).ToList();
        var (names, clock) = (services.Names.Current(), new LocalClock(zone));
        return list.Page(bars, b => BarShape.Of(b, services.Feeds, names, clock),
            b => [b.Interval.Start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), b.Place.SortKey]);
    }

    /// <summary>Whether a bar was on an earlier page.</summary>
    private static bool IsBefore(PriceBar bar, IReadOnlyList<string>? after) =>
        after is not null && bar.Interval.Start.ToUnixTimeSeconds() == long.Parse(after[0], CultureInfo.InvariantCulture)
        && string.CompareOrdinal(bar.Place.SortKey, after[1]) <= 0;

    /// <summary>An endpoint's bars and how much time it takes in.</summary>
    private sealed record Span(string Name, BarLength Length, int DefaultDays, int MaxDays)
    {
        /// <exception cref="RequestFormatException">More days than the most.</exception>
        public (Instant Start, Instant End) Bounded((Instant? Start, Instant? End) asked, Instant asOf)
        {
            var end = asked.End ?? (asked.Start is { } s ? s + Duration.FromDays(DefaultDays) : asOf);
            var start = asked.Start ?? end - Duration.FromDays(DefaultDays);
            return end - start <= Duration.FromDays(MaxDays)
                ? (start, end)
                : throw new RequestFormatException("end", $"at most {MaxDays} days after start",
                    $"{(end - start).TotalDays:F0} days");
        }
    }
}

/// <summary>Prices of a place over an hour or an operating day, USD/MWh.</summary>
/// <param name="Feed">Feed id.</param>
/// <param name="IsoCode">Market operator.</param>
/// <param name="IsoMarket">Which market.</param>
/// <param name="IsoTimezone">IANA name of the market's clock.</param>
/// <param name="LocationId">Place, by the publisher's id.</param>
/// <param name="LocationType">Kind of place.</param>
/// <param name="LocationName">Name for people.</param>
/// <param name="OperatingDay">The market's calendar day that the bar starts in.</param>
/// <param name="IntervalStartUtc">Start of the bar.</param>
/// <param name="IntervalEndUtc">End of the bar.</param>
/// <param name="IntervalStartLocal">Start on the clock of tz; null without tz.</param>
/// <param name="IntervalEndLocal">End on the clock of tz; null without tz.</param>
/// <param name="LmpAvg">Mean, weighted by the length of the intervals.</param>
/// <param name="LmpMin">Least price.</param>
/// <param name="LmpMax">Greatest price.</param>
/// <param name="LmpStddev">Standard deviation with the same weights; null for a single price.</param>
/// <param name="SampleCount">Prices in it.</param>
/// <param name="Unit">USD/MWh.</param>
internal sealed record BarShape(
    string Feed, string? IsoCode, string IsoMarket, string? IsoTimezone, string LocationId, string LocationType,
    string LocationName,
    LocalDate OperatingDay, Instant IntervalStartUtc, Instant IntervalEndUtc, string? IntervalStartLocal,
    string? IntervalEndLocal, double LmpAvg,
    double LmpMin, double LmpMax, double LmpStddev, int SampleCount, string Unit)
{
    public static BarShape Of(PriceBar bar, FeedTable feeds, LocationNames.Snapshot names, LocalClock clock)
    {
        var (place, interval) = (bar.Place, bar.Interval);
        var line = feeds.Find(System.Text.Encoding.UTF8.GetBytes(place.Feed));
        var contract = line?.Feed.Contract;
        return new(
            place.Feed, contract?.IsoCode, place.IsoMarket, contract?.IsoTimezone, place.LocationId, place.LocationType,
            names.Of(contract?.IsoCode ?? "", place.LocationType, place.LocationId),
            interval.Start.InZone(line?.Feed.Zone ?? DateTimeZone.Utc).Date, interval.Start, interval.End,
            Local(interval.Start, line, clock), Local(interval.End, line, clock), bar.Mean, bar.Least, bar.Most, bar.Deviation,
            bar.Samples,
            contract?.IsoUnit ?? "USD/MWh");
    }

    private static string? Local(Instant instant, FeedLine? feed, LocalClock clock)
    {
        if (!clock.IsGiven)
        {
            return null;
        }

        Span<byte> text = stackalloc byte[UtcText.MaxBytes];
        var micros = UtcText.Micros(instant);
        return System.Text.Encoding.ASCII.GetString(text[..UtcText.Write(text, micros, clock.OffsetSeconds(micros, feed))]);
    }
}
