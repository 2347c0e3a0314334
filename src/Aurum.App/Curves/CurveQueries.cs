using System.Globalization;
using NodaTime.Text;

namespace Aurum.App.Curves;

/// <summary>Reads of curves, as SQL over the store's views: what the API answers and what commands print are the same queries.</summary>
internal static class CurveQueries
{
    /// <summary>The canonical columns, and where a quote is from.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "asof_date", "source_file", "sheet_name", "asset_class", "region", "iso", "location", "market", "product", "block",
        "spark_location", "price_type", "units_raw", "currency", "per_unit", "tenor_type", "contract_month", "tenor_label", "value", "bid",
        "ask", "mid", "curve_key", "version_hash", "_ingest_ts", "sheet_cell", "vendor", "source_sha256", "known_at", "revision",
    ];

    private const string Key = "curve_key, units_raw, price_type, tenor_type, tenor_label";

    private const string Order = "curve_key, units_raw, tenor_type, contract_month, tenor_label, asof_date";

    private const string NameText = "concat_ws(' ', vendor, asset_class, region, iso, location, market, product, block, spark_location)";

    private const string CurveNames = "concat_ws(' ', region, iso, location, product, block, spark_location)";

    /// <summary>Quotes, one a curve and delivery period.</summary>
    public static string Quotes(CurveSelection selection) => $"""
        with {Latest("q", selection)}
        select {string.Join(", ", Columns.Select(Shown))}
        from q left join files f on f.file_id = q.file_id
        order by {Order}
        """;

    /// <summary>Curves with their newest as-of date and how far they reach.</summary>
    public static string Curves(CurveSelection selection) => $"""
        with {Latest("q", selection)}
        select vendor, asset_class, region, location, product, block, spark_location, units_raw as units, max(asof_date) as asof_date,
          count(*) filter (where tenor_type = 'MONTHLY') as months, count(*) filter (where tenor_type <> 'MONTHLY') as strips,
          min(contract_month) as first_month, max(contract_month) as last_month, curve_key
        from q group by vendor, asset_class, region, location, product, block, spark_location, units_raw, curve_key
        order by vendor, asset_class, region, location, product, block, spark_location, units_raw
        """;

    /// <summary>Quotes of two selections side by side: those that both have, and where asked for those that one of them has.</summary>
    public static string Difference(CurveSelection a, CurveSelection b, bool withRolls) => $"""
        with {Latest("a", a)}, {Latest("b", b)}
        select coalesce(b.curve_key, a.curve_key) as curve_key, coalesce(b.vendor, a.vendor) as vendor,
          coalesce(b.asset_class, a.asset_class) as asset_class, coalesce(b.region, a.region) as region,
          coalesce(b.location, a.location) as location, coalesce(b.product, a.product) as product, coalesce(b.block, a.block) as block,
          coalesce(b.units_raw, a.units_raw) as units_raw, coalesce(b.tenor_type, a.tenor_type) as tenor_type,
          coalesce(b.contract_month, a.contract_month) as contract_month, coalesce(b.tenor_label, a.tenor_label) as tenor_label,
          a.asof_date as asof_a, b.asof_date as asof_b, a.mid as mid_a, b.mid as mid_b, b.mid - a.mid as diff_abs,
          case when a.mid <> 0 then (b.mid - a.mid) / a.mid end as diff_pct, a.revision as revision_a, b.revision as revision_b,
          case when a.curve_key is null or b.curve_key is null then 'roll' when b.mid is not distinct from a.mid then 'unchanged'
            when a.asof_date = b.asof_date then 'source_correction' else 'market_move' end as kind
        from a {(withRolls ? "full" : "inner")} join b on a.curve_key = b.curve_key and a.units_raw = b.units_raw
          and a.price_type = b.price_type and a.tenor_type = b.tenor_type and a.tenor_label = b.tenor_label
        order by curve_key, units_raw, tenor_type, contract_month, tenor_label
        """;

    /// <summary>Distinct values of the columns that tell curves apart.</summary>
    public static string Dimensions(CurveSelection selection, IReadOnlyList<string> columns) => $"""
        with {Latest("q", selection)}
        {string.Join("\nunion all\n", columns.Select(c =>
            $"select '{c}' as dimension, {c} as value, count(distinct curve_key) as curves, count(*) as quotes from q "
            + $"where {c} <> '' group by {c}"))}
        order by dimension, value
        """;

    /// <summary>Units that quotes are in.</summary>
    public static string Units(CurveSelection selection) => $"""
        with {Latest("q", selection)}
        select units_raw, currency, per_unit, vendor, asset_class, count(distinct curve_key) as curves, count(*) as quotes
        from q group by units_raw, currency, per_unit, vendor, asset_class order by units_raw, vendor, asset_class
        """;

    /// <summary>The newest as-of date of which a curve fits; its words must stand in the names that tell curves apart.</summary>
    public static string NewestAsOf(CurveSelection selection) => $"""
        with {Latest("q", selection with { Words = [] })}
        select max(asof_date) as asof_date from q
        where {string.Join(" and ", selection.Words.Select(word => Has(word, CurveNames)).Prepend("true"))}
        """;

    /// <summary>Text as SQL writes it.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The known, not withdrawn quotes of a selection as a table expression. One as-of date is found by its few files; the newest
    /// of each period by their order.</summary>
    private static string Latest(string name, CurveSelection selection)
    {
        var conditions = new List<string> { "true" };
        if (selection.AsOf is { } asOf)
        {
            var day = LocalDatePattern.Iso.Format(asOf);
            conditions.Add($"asof_date = '{day}'");
            conditions.Add($"file_id >= (select coalesce(min(file_id), 0) from files where day = date '{day}')");
            conditions.Add($"file_id <= (select coalesce(max(file_id), 0) from files where day = date '{day}')");
        }

        if (selection.Tag is { } tag)
        {
            var merge = $"from curve_branches where tag = {Quoted(tag)} and merged_at is not null";
            conditions.Add($"asof_date = (select cast(max(asof_date) as varchar) {merge})");
            conditions.Add($"known_at <= (select max(merged_at) {merge})");
        }

        if (selection.KnownAt is { } knownAt)
        {
            conditions.Add($"known_at <= timestamptz '{InstantPattern.ExtendedIso.Format(knownAt)}'");
        }

        conditions.AddRange(selection.Filters.Where(f => f.Values.Count > 0).Select(
            f => f.Column == "vendor"
                ? $"feed in ({string.Join(", ", f.Values.Select(v => Quoted(v + "/eod-curves")))})"
                : $"{f.Column} in ({string.Join(", ", f.Values.Select(Quoted))})"));
        if (selection.KeyStart is { } start)
        {
            conditions.Add($"starts_with(curve_key, {Quoted(start)})");
        }

        var words = selection.Words.Select(word => Has(word, NameText))
            .Prepend("(mid is not null or bid is not null or ask is not null)");
        var newest = selection is { AsOf: null, Tag: null }
            ? ", row_number() over (partition by curve_key, units_raw, price_type, tenor_label order by asof_date desc) as day_nth"
            : ", 1 as day_nth";
        return $"""
            {name}_known as (
              select *, split_part(feed, '/', 1) as vendor,
                row_number() over (partition by feed, asof_date, {Key} order by revision desc) as revision_nth
              from curve_observation where {string.Join(" and ", conditions)}),
            {name}_days as (
              select *{newest} from {name}_known where revision_nth = 1 and {string.Join(" and ", words)}),
            {name} as (select * from {name}_days where day_nth = 1)
            """;
    }

    private static string Has(string word, string names) => $"position(lower({Quoted(word)}) in lower({names})) > 0";

    private static string Shown(string column) => column switch
    {
        "source_sha256" => "f.sha256 as source_sha256",
        "_ingest_ts" => "q.known_at as _ingest_ts",
        "value" or "bid" or "ask" or "mid" or "known_at" or "revision" => $"q.{column}",
        _ => string.Create(CultureInfo.InvariantCulture, $"nullif(q.{column}, '') as {column}"),
    };
}
