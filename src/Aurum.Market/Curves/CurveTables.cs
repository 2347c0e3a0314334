using System.Text;
using Aurum.Market.Feeds;

namespace Aurum.Market.Curves;

/// <summary>The table of curves' quotes: the canonical columns, and the cell that a quote is from.</summary>
public static class CurveTables
{
    private static readonly byte[][] TenorTypes =
        [.. Enum.GetNames<TenorType>().Select(name => Encoding.UTF8.GetBytes(name.ToUpperInvariant()))];

    /// <summary>Prices are as the workbook writes them, in <c>units_raw</c>. <c>_ingest_ts</c> is empty until a quote is stored.</summary>
    public static readonly RowTable<CurveQuote> Observation = new("curve_observation",
    [
        Shared("asof_date", ColumnRole.Key, HeadText.AsOf),
        Shared("source_file", ColumnRole.Value, HeadText.File),
        Shared("sheet_name", ColumnRole.Value, HeadText.Sheet),
        Shared("asset_class", ColumnRole.Value, HeadText.AssetClass),
        Shared("region", ColumnRole.Value, HeadText.Region),
        Shared("iso", ColumnRole.Value, HeadText.Iso),
        Shared("location", ColumnRole.Value, HeadText.Location),
        Shared("market", ColumnRole.Value, HeadText.Market),
        Shared("product", ColumnRole.Value, HeadText.Product),
        Shared("block", ColumnRole.Value, HeadText.Block),
        Shared("spark_location", ColumnRole.Value, HeadText.SparkLocation),
        new TextColumn<CurveQuote>("price_type", ColumnRole.Key, static (in CurveQuote _) => "MID"u8),
        Shared("units_raw", ColumnRole.Key, HeadText.UnitsRaw),
        Shared("currency", ColumnRole.Value, HeadText.Currency),
        Shared("per_unit", ColumnRole.Value, HeadText.PerUnit),
        new TextColumn<CurveQuote>("tenor_type", ColumnRole.Key, static (in CurveQuote q) => TenorTypes[(int)q.Tenor.Type]),
        new TextColumn<CurveQuote>("contract_month", ColumnRole.Value, static (in CurveQuote q) => q.Tenor.FirstDayUtf8),
        new TextColumn<CurveQuote>("tenor_label", ColumnRole.Key, static (in CurveQuote q) => q.Tenor.LabelUtf8),
        new NumberColumn<CurveQuote>("value", ColumnRole.Value, static (in CurveQuote q) => q.Mid),
        new NumberColumn<CurveQuote>("bid", ColumnRole.Value, static (in CurveQuote q) => q.Bid),
        new NumberColumn<CurveQuote>("ask", ColumnRole.Value, static (in CurveQuote q) => q.Ask),
        new NumberColumn<CurveQuote>("mid", ColumnRole.Value, static (in CurveQuote q) => q.Mid),
        Shared("curve_key", ColumnRole.Key, HeadText.Key),
        Shared("version_hash", ColumnRole.Value, HeadText.Version),
        new InstantColumn<CurveQuote>("_ingest_ts", ColumnRole.Value, static (in CurveQuote _) => InstantColumn.Unknown),
        new TextColumn<CurveQuote>("sheet_cell", ColumnRole.Value, static (in CurveQuote q) => q.Cell.Utf8()),
    ])
    {
        Day = new DayColumn<CurveQuote>("asof_date", static (in CurveQuote q) => q.Head.AsOfUnixSeconds),
        Place = static (in CurveQuote q) => q.ToString(),
    };

    /// <summary>What was read of workbooks, by branch: the columns of <see cref="Observation"/>, the branch, and why a quote is held back
    /// (empty where it is not).</summary>
    public static readonly RowTable<LandedQuote> Landing = new("curve_landing",
    [
        .. Observation.Columns.Select(Landed),
        new TextColumn<LandedQuote>("branch", ColumnRole.Key, static (in LandedQuote q) => q.Branch.Utf8.Span),
        new TextColumn<LandedQuote>(
            "quarantine_reason", ColumnRole.Value, static (in LandedQuote q) => q.Reason is { } reason ? reason.Utf8.Span : default),
    ])
    {
        Day = new DayColumn<LandedQuote>("asof_date", static (in LandedQuote q) => q.Row.Head.AsOfUnixSeconds),
    };

    private static TextColumn<CurveQuote> Shared(string name, ColumnRole role, HeadText text) =>
        new(name, role, (in CurveQuote q) => q.Head.Text(text));

    private static RowColumn<LandedQuote> Landed(RowColumn<CurveQuote> column) => column switch
    {
        TextColumn<CurveQuote> text => new TextColumn<LandedQuote>(text.Name, text.Role, (in LandedQuote q) => text.Of(in q.Row)),
        NumberColumn<CurveQuote> number =>
            new NumberColumn<LandedQuote>(number.Name, number.Role, (in LandedQuote q) => number.Of(in q.Row)),
        InstantColumn<CurveQuote> instant =>
            new InstantColumn<LandedQuote>(instant.Name, instant.Role, (in LandedQuote q) => instant.Of(in q.Row)),
        _ => throw new InvalidOperationException($"column {column.Name} is of no known kind"),
    };
}
