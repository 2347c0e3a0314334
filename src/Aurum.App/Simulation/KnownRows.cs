using System.Globalization;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Simulation;

/// <summary>Rows as key text and value text, from the truth and from the store, so that both can be held against each other.</summary>
internal static class KnownRows
{
    public static Dictionary<string, string> OfTruth<TRow>(RowTable<TRow> table, IEnumerable<TRow> rows)
        where TRow : struct
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var keys = table.Columns.Where(c => c.Role == ColumnRole.Key).ToArray();
        var values = table.Columns.Where(c => c.Role == ColumnRole.Value).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            known[Text(text, row, keys)] = Text(text, row, values);
        }

        return known;
    }

    /// <summary>Rows of a feed that begin in the given stretch (all where it is null), as they were known at an instant: their values,
    /// and when they begin (seconds since 1970 UTC; 0 where they are not of a time).</summary>
    public static Dictionary<string, (string Value, long Start)> OfStore<TRow>(
        AurumStore store, Feed<TRow> feed, Interval? stretch, Instant asOf)
        where TRow : struct
    {
        var known = new Dictionary<string, (string, long)>(StringComparer.Ordinal);
        using var rows = store.Read.Rows(new RowQuery(feed.Table.Name)
        {
            Filters = [new ColumnFilter("feed", feed.Id.Text)],
            Start = stretch?.Start,
            End = stretch?.End,
            AsOf = asOf,
            Limit = 100_000_000,
        });
        var keys = Columns(feed.Table, rows, ColumnRole.Key);
        var values = Columns(feed.Table, rows, ColumnRole.Value);
        var start = feed.Table.IntervalStart is { } column ? IndexOf(rows, column.Name) : -1;
        var text = new StringBuilder();
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                known[Text(text, rows, row, keys)] =
                    (Text(text, rows, row, values), start < 0 ? 0 : rows.InstantMicros(start, row) / 1_000_000);
            }
        }

        return known;
    }

    /// <summary>The stretch that a day's rows begin in: the day, or as far as the truth's rows reach; null for rows that are not of a
    /// time.</summary>
    public static Interval? StretchOf<TRow>(Feed<TRow> feed, OperatingDay day, IEnumerable<TRow> truth)
        where TRow : struct
    {
        if (feed.Table.IntervalStart is not { Of: var start })
        {
            return null;
        }

        var stretch = new Interval(day.Start - Duration.FromHours(1), day.End + Duration.FromHours(1));
        foreach (var row in feed.RowsLieInDay ? [] : truth)
        {
            var at = Instant.FromUnixTimeSeconds(start(row));
            stretch = new Interval(
                Instant.Min(stretch.Start, at), Instant.Max(stretch.End, at + Duration.FromSeconds(1)));
        }

        return stretch;
    }

    private static int[] Columns<TRow>(RowTable<TRow> table, RowReader rows, ColumnRole role)
        where TRow : struct =>
        [.. table.Columns.Where(c => c.Role == role).Select(c => IndexOf(rows, c.Name))];

    private static int IndexOf(RowReader rows, string name)
    {
        for (var i = 0; i < rows.Columns.Count; i++)
        {
            if (rows.Columns[i].Name == name)
            {
                return i;
            }
        }

        throw new InvalidOperationException($"the store's rows have no column {name}");
    }

    private static string Text(StringBuilder text, RowReader rows, int row, int[] columns)
    {
        text.Clear();
        foreach (var column in columns)
        {
            text.Append('|');
            if (!rows.IsNull(column, row))
            {
                text.Append(rows.Columns[column].Kind switch
                {
                    ResultKind.Text => Encoding.UTF8.GetString(rows.Text(column, row)),
                    ResultKind.Number => Number(rows.Number(column, row)),
                    _ => (rows.InstantMicros(column, row) / 1_000_000).ToString(CultureInfo.InvariantCulture),
                });
            }
        }

        return text.ToString();
    }

    private static string Text<TRow>(StringBuilder text, in TRow row, RowColumn<TRow>[] columns)
        where TRow : struct
    {
        text.Clear();
        foreach (var column in columns)
        {
            text.Append('|').Append(column switch
            {
                TextColumn<TRow> c => Encoding.UTF8.GetString(c.Of(row)),
                NumberColumn<TRow> c => double.IsNaN(c.Of(row)) ? "" : Number(c.Of(row)),
                InstantColumn<TRow> c => c.Of(row) == InstantColumn.Unknown ? "" : c.Of(row).ToString(CultureInfo.InvariantCulture),
                _ => "",
            });
        }

        return text.ToString();
    }

    private static string Number(double value) => value == 0 ? "0" : value.ToString("R", CultureInfo.InvariantCulture);
}
