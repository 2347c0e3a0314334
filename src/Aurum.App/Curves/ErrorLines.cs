using System.Text.Json;
using Aurum.Curves.Feeds;
using Aurum.Market.Curves;
using Aurum.Store.Curves;
using NodaTime.Text;

namespace Aurum.App.Curves;

/// <summary>Writes the lines of <c>aurum.ingest.error.v1</c> of one load, the gravest first. <see cref="IngestErrors"/> reads
/// them.</summary>
/// <param name="output">Takes the lines.</param>
/// <param name="feed">Vendor.</param>
/// <param name="load">The load.</param>
internal sealed class ErrorLines(Stream output, CurveFeed feed, LoadRecord load)
{
    /// <summary>Bytes that are put together before they are written.</summary>
    private const int PieceBytes = 1 << 16;

    /// <summary>A line of the load where it is stopped, and one of each quote that is held back.</summary>
    /// <param name="judged">What was read; null where the workbook can't be read.</param>
    public void Write(JudgedBook? judged)
    {
        using var bytes = new MemoryStream(PieceBytes);
        using var json = new Utf8JsonWriter(bytes);
        if (load.Why.Length > 0)
        {
            Begin(json, load.Why);
            End(json, bytes, "ERROR", load.Gate == LoadRecord.Unreadable
                ? "ask the vendor for the workbook again and load it"
                : $"load a corrected workbook to {load.Branch}, or merge it with --override and a reason");
        }

        foreach (var held in judged?.Book.Quarantined ?? [])
        {
            Write(json, bytes, held.Quote, held.Reasons, $"held back: {held.Reasons}");
        }

        foreach (var (index, verdict) in judged?.Verdicts ?? new Dictionary<int, QuoteVerdict>())
        {
            Write(json, bytes, judged!.Book.Quotes[index], verdict.Code, verdict.Words);
        }

        bytes.WriteTo(output);
    }

    private void Write(Utf8JsonWriter json, MemoryStream bytes, in CurveQuote quote, string reason, string message)
    {
        var identity = quote.Head.Identity;
        Begin(json, message);
        json.WriteString("sheet_name", quote.Head.Sheet);
        json.WriteString("sheet_cell", quote.Cell.ToString());
        json.WriteString("curve_key", identity.Key);
        json.WriteString("units_raw", quote.Head.UnitsRaw ?? "");
        json.WriteString("currency", quote.Head.Unit?.Currency ?? "");
        json.WriteString("per_unit", quote.Head.Unit?.PerUnit ?? "");
        json.WriteString("price_type", "MID");
        json.WriteString("tenor_type", quote.Tenor.Type.ToString().ToUpperInvariant());
        json.WriteString("tenor_label", quote.Tenor.Label);
        json.WriteString("iso", identity.Iso ?? "");
        json.WriteString("market", identity.Market ?? "");
        json.WriteString("region", identity.Region ?? "");
        json.WriteString("location", identity.Location ?? "");
        json.WriteString("product", identity.Product ?? "");
        json.WriteString("quarantine_reason", reason);
        End(json, bytes, "WARNING", reason.StartsWith("missing_units", StringComparison.Ordinal)
            ? "add the product's unit to the vendor's list"
            : "look at the cell, and load a corrected workbook");
    }

    private void Begin(Utf8JsonWriter json, string message)
    {
        json.WriteStartObject();
        json.WriteString("source", feed.Merged.Id.Text);
        json.WriteString("error_message", message);
        json.WriteStartObject("context");
        json.WriteString("file", load.File);
        json.WriteString("sha256", load.Sha256);
        json.WriteString("branch", load.Branch);
        json.WriteString("asof_date", LocalDatePattern.Iso.Format(load.AsOf));
    }

    private void End(Utf8JsonWriter json, MemoryStream bytes, string severity, string advice)
    {
        json.WriteEndObject();
        json.WriteString("severity", severity);
        json.WriteString("recommended_action", advice);
        json.WriteNumber("ingest_ts", load.At.ToUnixTimeTicks() / 10);
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        bytes.WriteByte((byte)'\n');
        if (bytes.Length > PieceBytes / 2)
        {
            bytes.WriteTo(output);
            bytes.SetLength(0);
        }
    }
}
