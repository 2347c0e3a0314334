using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Curves;
using Aurum.Store.Curves;

namespace Aurum.App.Api.Resources;

/// <summary>Parameters and fields of reads about curves.</summary>
internal static class CurveParameters
{
    private const int MostCurves = 100;

    private static readonly QueryParameter AsOfDate = new("asof", ParameterForm.Date, "As-of date.")
    {
        Example = "2025-09-17", IsFilter = true, Default = "the newest of each curve and delivery period",
    };

    /// <summary>Parameters that compare a column of the same name.</summary>
    private static readonly QueryParameter[] Identity =
    [
        Filter("curve_key", "Curve, by its key.", "b897bf63b9732a4d967210f49b638e8d507cce8672bce9c97cf965a9f71ad8e5"),
        Filter("vendor", "Vendor of the workbook.", "eugp"), Filter("asset_class", "power, gas, carbon, ...", "power"),
        Filter("region", "Super-region.", "EU"), Filter("iso", "Market operator.", "PJM"), Filter("location", "Hub or place.", "Dutch_TTF"),
        Filter("market", "Market.", "EU"), Filter("product", "Product.", "gas"), Filter("block", "Hours of delivery.", "BASE"),
        Filter("price_type", "Kind of price.", "MID"), Filter("tenor_label", "Delivery period.", "2026-01"),
    ];

    private static readonly QueryParameter TenorType = QueryParameter.ChoiceOf(
        "tenor_type", "Kind of delivery period.", "MONTHLY", "QUARTER", "SEASON", "CALENDAR", "STRIP", "CUSTOM");

    private static readonly QueryParameter[] Paging =
    [
        QueryParameter.LimitOf(RowResource.MaxLimit, RowResource.DefaultLimit), RowResource.Cursor, ResponseFormats.Parameter,
    ];

    private static readonly QueryParameter[] PagingOfQuotes = [.. Paging[..^1], ResponseFormats.WithParquet];

    private static readonly QueryParameter Words = QueryParameter.Filter(
        "q", "Words that must all stand in the curve's names, in any case.", "ttf gas");

    public static readonly QueryParameter[] OfQuotes =
    [
        AsOfDate, QueryParameter.Filter("tag", "A tag of a merge: its as-of date, as known then.", "release/2025-09-17"), .. Identity,
        TenorType, Words, RowResource.AsOf, .. PagingOfQuotes,
    ];

    public static readonly QueryParameter[] OfLatest = [.. Identity, TenorType, Words, RowResource.AsOf, .. PagingOfQuotes];

    public static readonly QueryParameter[] OfStrips =
    [
        QueryParameter.ChoiceOf("type", "Kind of strip; must be given.", "CALENDAR", "SEASON", "QUARTER"), AsOfDate, .. Identity, Words,
        RowResource.AsOf, .. PagingOfQuotes,
    ];

    public static readonly QueryParameter[] OfDifference =
    [
        .. new[] { "a", "b" }.SelectMany(static side => new QueryParameter[]
        {
            new($"asof_{side}", ParameterForm.Date, $"As-of date of side {side}.") { Example = "2025-09-16", IsFilter = true },
            QueryParameter.Filter($"tag_{side}", $"A tag in place of asof_{side}: its date, as known then.", "release/2025-09-16"),
            new($"known_{side}", ParameterForm.Time, $"What side {side} knew: an instant.")
            {
                Example = "2025-09-17T15:00:00Z", IsFilter = true, Default = "now",
            },
        }),
        new("rolls", ParameterForm.Boolean, "Also periods that only one side has.") { Default = "false", IsFilter = true },
        .. Identity, TenorType, Words, .. PagingOfQuotes,
    ];

    public static readonly QueryParameter[] OfBranches = [AsOfDate with { Default = "all" }, .. Paging];

    public static readonly QueryParameter[] OfErrors =
    [
        AsOfDate with { Default = "all" }, QueryParameter.ChoiceOf("severity", "How grave.", "ERROR", "WARNING"), .. Paging,
    ];

    public static readonly QueryParameter[] OfMetadata = [AsOfDate, .. Identity, Words, RowResource.AsOf, .. Paging];

    public static readonly IReadOnlyList<RowField> Fields =
    [
        .. CurveQueries.Columns.Select(static c => new ColumnField(
            c, FormOf(c), Descriptions.GetValueOrDefault(c, "As in the workbook; null where it does not say."), !Always.Contains(c))),
    ];

    private static HashSet<string> Always =>
    [
        "asof_date", "source_file", "sheet_name", "asset_class", "price_type", "tenor_type", "tenor_label", "curve_key", "version_hash",
        "sheet_cell", "vendor", "known_at", "revision", "_ingest_ts",
    ];

    private static Dictionary<string, string> Descriptions => new()
    {
        ["asof_date"] = "Date that the prices are for.",
        ["curve_key"] = "SHA-256 of the curve's identity; strips have that of their months.",
        ["mid"] = "Middle price, as the workbook writes it, in units_raw.",
        ["value"] = "The same as mid.",
        ["version_hash"] = "SHA-256 of file name, sheet and as-of date.",
        ["contract_month"] = "First day of delivery.",
        ["source_sha256"] = "SHA-256 of the workbook in the archive.",
        ["sheet_cell"] = "Cell that the price is from.",
        ["known_at"] = "When we knew this revision.",
        ["_ingest_ts"] = "The same as known_at.",
        ["revision"] = "1 for what we knew first, larger for changes.",
    };

    /// <exception cref="RequestFormatException">A parameter that does not fit.</exception>
    public static CurveSelection Selection(ListRequest list, RowServices services)
    {
        var query = list.Query;
        var filters = Identity.Select(p => (p.Name, query.Texts(p.Name))).ToList();
        if (query.Has("tenor_type") && query.Choice("tenor_type") is { } tenor)
        {
            filters.Add(("tenor_type", [tenor]));
        }

        if (query.Has("type"))
        {
            filters.Add(("tenor_type", [query.Choice("type") ?? throw new RequestFormatException(
                "type", "CALENDAR, SEASON or QUARTER", "none")]));
        }

        var tag = query.Has("tag") && query.Text("tag") is { } name ? TagOf("tag", name, services) : null;
        return new CurveSelection
        {
            AsOf = tag?.AsOf ?? (query.Has("asof") ? query.Date("asof") : null),
            KnownAt = tag?.MergedAt ?? list.AsOf,
            Filters = filters,
            Words = query.Text("q")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
    }

    /// <summary>One side of a comparison.</summary>
    /// <exception cref="RequestFormatException">No date or tag, or both.</exception>
    public static CurveSelection Side(ListRequest list, CurveSelection all, string side, RowServices services)
    {
        var query = list.Query;
        var known = query.AsOf($"known_{side}") ?? list.AsOf;
        return (query.Date($"asof_{side}"), query.Text($"tag_{side}")) switch
        {
            ({ } asOf, null) => all with { AsOf = asOf, KnownAt = known },
            (null, { } tag) when TagOf($"tag_{side}", tag, services) is { } merged =>
                all with { AsOf = merged.AsOf, KnownAt = merged.MergedAt },
            (null, null) => throw new RequestFormatException($"asof_{side}", "an as-of date, or a tag in its place", "none"),
            _ => throw new RequestFormatException($"tag_{side}", $"a tag or asof_{side}, not both", "both"),
        };
    }

    private static BranchRecord TagOf(string field, string tag, RowServices services) =>
        services.Api.Store.Branches.Branches().FirstOrDefault(b => b.Tag == tag && b.MergedAt is not null)
        ?? throw new RequestFormatException(field, "a tag of /v1/curves/branches", $"'{tag}'");

    private static QueryParameter Filter(string name, string description, string example) =>
        QueryParameter.Filter(name, $"{description} May be repeated, up to {MostCurves} times.", example) with { MaxValues = MostCurves };

    private static FieldForm FormOf(string column) => column switch
    {
        "value" or "bid" or "ask" or "mid" => FieldForm.Number,
        "known_at" or "_ingest_ts" => FieldForm.Time,
        "revision" => FieldForm.Whole,
        _ => FieldForm.Text,
    };
}
