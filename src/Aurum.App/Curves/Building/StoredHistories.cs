using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Aurum.App.Api.Requests;
using Aurum.Curves.Building;
using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Manifests;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Curves.Building;

/// <summary>Hourly histories of stored prices, loads and generation, each with what pins it.</summary>
internal sealed class StoredHistories(StoreReader store)
{
    private const int MostRows = 20_000_000;

    /// <summary>Rows in which every fuel of a place has stood: days of five minutes and a dozen fuels.</summary>
    private const int RowsForFuels = 10_000;

    private static readonly string[] FreeFuels = ["wind", "wnd", "solar", "sun"];

    /// <summary>Prices of a place.</summary>
    /// <exception cref="RequestFormatException">Not a feed of prices.</exception>
    public PinnedHistory Prices(string feed, string location, HistoryDays days, CancellationToken cancel) =>
        Read(FeedOf(feed, IsoProduct.Lmp, "shape_feed", "prices"), location, "lmp", days, cancel);

    /// <summary>Load of a place.</summary>
    /// <exception cref="RequestFormatException">Not a feed of loads.</exception>
    public PinnedHistory Loads(string feed, string location, HistoryDays days, CancellationToken cancel) =>
        Read(FeedOf(feed, IsoProduct.Load, "load_feed", "loads"), location, "mw", days, cancel);

    /// <summary>What wind and sun generated in a place, MW.</summary>
    /// <exception cref="RequestFormatException">Not a feed of generation by fuel, or one without wind and sun there.</exception>
    public PinnedHistory WindAndSun(string feed, string location, HistoryDays days, CancellationToken cancel) =>
        Read(FeedOf(feed, IsoProduct.Generation, "generation_feed", "generation by fuel"), location, "mw", days, cancel, "fuel_type");

    /// <summary>Output of a place's plants, MW.</summary>
    /// <param name="feed">A feed of generation.</param>
    /// <param name="location">Place by the publisher's name, a slash, and the fuel: <c>SP15/Solar</c>; or the place alone, where a feed is
    /// of one fuel.</param>
    /// <param name="days">Which days.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="RequestFormatException">Not a feed of generation.</exception>
    public PinnedHistory Generation(string feed, string location, HistoryDays days, CancellationToken cancel)
    {
        var known = FeedCatalog.All.FirstOrDefault(f => f.Id.Text == feed && f.TableName == PowerTables.Generation.Name)
            ?? throw new RequestFormatException("generation", "a feed of generation, as aurum feeds lists them", $"'{feed}'");
        var slash = location.LastIndexOf('/');
        ColumnFilter[] place = slash < 0
            ? [new ColumnFilter("location_id", location)]
            : [new ColumnFilter("location_id", location[..slash]), new ColumnFilter("fuel_type", location[(slash + 1)..])];
        RequireOneFuel(known, location, place, days, cancel);
        return Read(known, location, place, "mw", days, cancel);
    }

    /// <summary>Output of two fuels in one hour is not that of a plant: which of them is meant must be said.</summary>
    private void RequireOneFuel(
        Feed feed, string location, IReadOnlyList<ColumnFilter> place, HistoryDays days, CancellationToken cancel)
    {
        using var rows = store.Rows(
            new RowQuery(feed.TableName)
            {
                Filters = [new ColumnFilter("feed", feed.Id.Text), .. place],
                Start = days.Start,
                End = days.End,
                AsOf = days.KnownAt,
                Limit = RowsForFuels,
            },
            cancel);
        var fuel = ColumnOf(rows, "fuel_type");
        var fuels = new SortedSet<string>(StringComparer.Ordinal);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                fuels.Add(Encoding.UTF8.GetString(rows.Text(fuel, row)));
            }
        }

        if (fuels.Count > 1)
        {
            throw new RequestFormatException(
                "generation", $"a place, a slash and one of its fuels ({string.Join(", ", fuels)}): {location}/{fuels.Min}",
                $"'{location}'", StatusCodes.Status422UnprocessableEntity);
        }
    }

    /// <summary>The shape of the hours of a place's prices.</summary>
    /// <param name="source">Which prices, and how the shape acts.</param>
    /// <param name="days">Which days.</param>
    /// <param name="calendar">Whose clock and holidays.</param>
    /// <param name="curveUnit">Unit of the curve that gets the shape: <c>USD/MWh</c>; a shape of differences must be in it.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="RequestFormatException">Not a feed of prices, one in another unit, or too short a history.</exception>
    public PinnedShape Shape(ShapeSource source, HistoryDays days, PeakCalendar calendar, string curveUnit, CancellationToken cancel)
    {
        var prices = FeedOf(source.Feed, IsoProduct.Lmp, "shape_feed", "prices").Contract!.IsoUnit;
        if (source.Kind == ShapeKind.Difference && curveUnit != prices)
        {
            throw new RequestFormatException(
                "shape_kind", $"ratio, or a curve in {prices} as the prices of {source.Feed}", curveUnit);
        }

        var history = Prices(source.Feed, source.Location, days, cancel);
        var shape = HourlyShapes.Of(history.History, calendar, source.Kind);
        return new PinnedShape(Refusals.Required("shape_location", shape), history.Pin);
    }

    private static Feed FeedOf(string id, IsoProduct product, string field, string what) =>
        FeedCatalog.All.FirstOrDefault(f => f.Id.Text == id && f.Contract?.IsoProduct == product)
        ?? throw new RequestFormatException(field, $"a feed of {what}, as aurum feeds lists them", $"'{id}'");

    private PinnedHistory Read(
        Feed feed, string location, string column, HistoryDays days, CancellationToken cancel, string? fuels = null) =>
        Read(feed, location, [new ColumnFilter("location_id", location)], column, days, cancel, fuels);

    /// <param name="feed">Feed.</param>
    /// <param name="location">Name of the place.</param>
    /// <param name="place">What its rows have.</param>
    /// <param name="column">Column of the values.</param>
    /// <param name="days">Which days.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <param name="fuels">Column that says which rows of an interval are of wind and sun, to be added up; null: one row is all.</param>
    private PinnedHistory Read(
        Feed feed, string location, IReadOnlyList<ColumnFilter> place, string column, HistoryDays days, CancellationToken cancel,
        string? fuels = null)
    {
        using var rows = store.Rows(
            new RowQuery(feed.TableName)
            {
                Filters = [new ColumnFilter("feed", feed.Id.Text), .. place],
                Start = days.Start,
                End = days.End,
                AsOf = days.KnownAt,
                Limit = MostRows,
            },
            cancel);
        var values = new Dictionary<DeliveryInterval, double>();
        var (start, end) = (ColumnOf(rows, "interval_start_utc"), ColumnOf(rows, "interval_end_utc"));
        var value = ColumnOf(rows, column);
        var fuel = fuels is null ? -1 : ColumnOf(rows, fuels);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                if (!rows.IsNull(value, row) && !rows.IsNull(end, row) && (fuel < 0 || IsFree(rows.Text(fuel, row))))
                {
                    var (from, to) = (rows.InstantMicros(start, row), rows.InstantMicros(end, row));
                    var delivery = DeliveryInterval.FromUnixSeconds(from / 1_000_000, (int)((to - from) / 1_000_000));
                    var number = rows.Number(value, row);
                    values[delivery] = fuel < 0 ? number : values.GetValueOrDefault(delivery) + number;
                }
            }
        }

        var history = HourlyHistory.Of(values.Select(static v => (v.Key, v.Value)));
        var pin = new SeriesPin(
            feed.Id.Text, location, days.Start, days.End, days.KnownAt, history.Hours.Count, feed.Contract!.IsoUnit, HashOf(history));
        return new PinnedHistory(history, pin);
    }

    /// <summary>Publishers name wind and sun in their own words.</summary>
    private static bool IsFree(ReadOnlySpan<byte> fuel)
    {
        var name = Encoding.UTF8.GetString(fuel);
        return FreeFuels.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static string HashOf(HourlyHistory history)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> hour = stackalloc byte[16];
        foreach (var (start, price) in history.Hours)
        {
            BinaryPrimitives.WriteInt64LittleEndian(hour, start);
            BinaryPrimitives.WriteDoubleLittleEndian(hour[8..], price);
            hash.AppendData(hour);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static int ColumnOf(RowReader rows, string name) =>
        Enumerable.Range(0, rows.Columns.Count).First(i => rows.Columns[i].Name == name);
}

/// <summary>Which days of a history, and as known when.</summary>
/// <param name="Start">Earliest interval start, inclusive.</param>
/// <param name="End">Latest interval start, exclusive.</param>
/// <param name="KnownAt">State of knowledge.</param>
internal readonly record struct HistoryDays(Instant Start, Instant End, Instant KnownAt)
{
    /// <summary>The days before a date on a market's calendar.</summary>
    public static HistoryDays Before(LocalDate date, int days, PeakCalendar calendar, Instant knownAt) => new(
        calendar.Zone.AtStartOfDay(date.PlusDays(-days)).ToInstant(), calendar.Zone.AtStartOfDay(date).ToInstant(), knownAt);
}

/// <summary>A history and what pins it.</summary>
internal sealed record PinnedHistory(HourlyHistory History, SeriesPin Pin);

/// <summary>A shape and what pins the prices that it was found in.</summary>
internal sealed record PinnedShape(HourlyShape Shape, SeriesPin Pin);
