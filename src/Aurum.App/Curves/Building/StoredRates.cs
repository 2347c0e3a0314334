using System.Globalization;
using System.Text;
using Aurum.Curves.Building.Units;
using Aurum.Curves.Manifests;
using Aurum.Market.Series;
using Aurum.Store.Reading;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Curves.Building;

/// <summary>Exchange rates of the store.</summary>
internal static class StoredRates
{
    public const string Feed = "ecb/reference-rates";

    /// <summary>The rates that can count for some as-of dates.</summary>
    /// <param name="store">Store.</param>
    /// <param name="currencies">Of one currency alone there are none.</param>
    /// <param name="first">First as-of date.</param>
    /// <param name="last">Last as-of date.</param>
    /// <param name="knownAt">State of knowledge.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static PinnedRates Read(
        StoreReader store, IReadOnlyCollection<string> currencies, LocalDate first, LocalDate last, Instant knownAt,
        CancellationToken cancel)
    {
        var named = currencies.Where(static c => c != "EUR").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(static c => $"EUR/{c}").ToList();
        if (named.Count == 0 || currencies.Distinct(StringComparer.Ordinal).Count() < 2)
        {
            return new PinnedRates(FxRates.None, null);
        }

        var start = first.PlusDays(-FxRates.MaxAgeDays).AtMidnight().InUtc().ToInstant();
        var end = last.PlusDays(1).AtMidnight().InUtc().ToInstant();
        var fixings = Fixings(store, named, start, end, knownAt, cancel);
        var lines = fixings.Select(static f => string.Create(
            CultureInfo.InvariantCulture, $"{LocalDatePattern.Iso.Format(f.Date)} {f.Currency} {f.PerEuro:R}"));
        return new PinnedRates(
            new FxRates(fixings),
            new SeriesPin(
                Feed, string.Join(' ', named), start, end, knownAt, fixings.Count, "per EUR",
                CanonicalJson.Sha256(string.Join('\n', lines.Order(StringComparer.Ordinal)))));
    }

    private static List<FxFixing> Fixings(
        StoreReader store, IReadOnlyList<string> named, Instant start, Instant end, Instant knownAt, CancellationToken cancel)
    {
        var fixings = new List<FxFixing>();
        using var rows = store.Rows(
            new RowQuery(SeriesTables.Observation.Name)
            {
                Filters = [new ColumnFilter("feed", Feed), new ColumnFilter("series_id", named)],
                Start = start,
                End = end,
                AsOf = knownAt,
            },
            cancel);
        var columns = rows.Columns.Select(static c => c.Name).ToList();
        var (series, at, value) = (columns.IndexOf("series_id"), columns.IndexOf("interval_start_utc"), columns.IndexOf("value"));
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                if (!rows.IsNull(value, row))
                {
                    var date = Instant.FromUnixTimeTicks(rows.InstantMicros(at, row) * 10).InUtc().Date;
                    var currency = Encoding.UTF8.GetString(rows.Text(series, row)).Split('/')[1];
                    fixings.Add(new FxFixing(date, currency, rows.Number(value, row)));
                }
            }
        }

        return fixings;
    }
}

/// <summary>Rates and what pins them; nothing where none are needed.</summary>
internal sealed record PinnedRates(FxRates Rates, SeriesPin? Pin);
