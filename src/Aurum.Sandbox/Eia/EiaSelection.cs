using Aurum.Sandbox.Publishing;

namespace Aurum.Sandbox.Eia;

/// <summary>A row that a request selects.</summary>
/// <param name="Series">Its facets.</param>
/// <param name="HourEnd">Its period, seconds since 1970.</param>
/// <param name="Value">Megawatthours; null where EIA prints null.</param>
internal readonly record struct EiaSelected(EiaSeries Series, long HourEnd, long? Value);

/// <summary>Puts rows into the order that a request asks for: <c>sort[0][column]=period&amp;sort[0][direction]=desc</c>.</summary>
internal static class EiaSelection
{
    private const int MostColumns = 6;

    public static List<EiaSelected> Sorted(List<EiaSelected> rows, EiaBook book, Query query)
    {
        IOrderedEnumerable<EiaSelected>? order = null;
        for (var i = 0; i < MostColumns && query[$"sort[{i}][column]"] is { } column; i++)
        {
            var isDescending = query[$"sort[{i}][direction]"] == "desc";
            order = column == "period" ? Then(rows, order, r => r.HourEnd, Comparer<long>.Default, isDescending)
                : column == "value" ? Then(rows, order, r => r.Value ?? long.MinValue, Comparer<long>.Default, isDescending)
                : column == book.Facets.First ? Then(rows, order, r => r.Series.First.Code, StringComparer.Ordinal, isDescending)
                : column == book.Facets.Second ? Then(rows, order, r => r.Series.Second.Code, StringComparer.Ordinal, isDescending)
                : order;
        }

        return order is null ? rows : [.. order];
    }

    public static List<EiaRecord> Sorted(List<EiaRecord> rows, Query query)
    {
        IOrderedEnumerable<EiaRecord>? order = null;
        for (var i = 0; i < MostColumns && query[$"sort[{i}][column]"] is { } column; i++)
        {
            order = Then(rows, order, r => r[column] ?? "", StringComparer.Ordinal, query[$"sort[{i}][direction]"] == "desc");
        }

        return order is null ? rows : [.. order];
    }

    private static IOrderedEnumerable<TRow> Then<TRow, TKey>(
        List<TRow> rows, IOrderedEnumerable<TRow>? order, Func<TRow, TKey> key, IComparer<TKey> comparer, bool isDescending) =>
        (order, isDescending) switch
        {
            (null, false) => rows.OrderBy(key, comparer),
            (null, true) => rows.OrderByDescending(key, comparer),
            (_, false) => order.ThenBy(key, comparer),
            (_, true) => order.ThenByDescending(key, comparer),
        };
}
