using System.Text.Json;
using Aurum.Curves.Feeds;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Quality.Gates;
using Aurum.Store;
using Aurum.Store.Curves;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using Aurum.Store.Watch;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Curves;

/// <summary>Tells of loads that need a person: as warnings, as a hole in the ledger of the vendor's curves, and as lines of
/// <c>aurum.ingest.error.v1</c> in <c>errors/asof=2025-09-17/eugp.eod_20250917.jsonl</c> of the data directory.</summary>
internal sealed class CurveAlerts(AurumStore store)
{
    /// <summary>What a stopped load is called among warnings.</summary>
    public const string Stopped = "curve_load_stopped";

    public const string FolderName = "errors";

    private string ErrorFolder { get; } = Path.Combine(store.Options.DataDirectory, FolderName);

    public static string FolderOf(LocalDate asOf) => $"asof={LocalDatePattern.Iso.Format(asOf)}";

    /// <summary>Tells of a load that was judged or could not be read.</summary>
    public void Tell(CurveFeed feed, LoadRecord load, JudgedBook? judged, long delivery)
    {
        var look = new Look(feed.Merged.Id, feed.Merged.Day(load.AsOf), delivery, load.At);
        var warned = CurveCheck.Read(load.GateResults).Where(c => c.Status == CheckStatus.Warn).ToList();
        var before = store.Read.Findings(new RecordQuery { Feed = feed.Merged.Id, From = load.AsOf, Through = load.AsOf })
            .Select(f => f.Finding.Expectation).ToHashSet();
        foreach (var check in warned)
        {
            before.Remove(check.Name);
            store.Watch.Replace(look, check.Name, [.. check.Examples.Select(e => FindingOf(check.Name, load.Branch, e))]);
        }

        if (load.Why.Length > 0)
        {
            before.Remove(Stopped);
            store.Watch.Replace(look, Stopped, [FindingOf(Stopped, load.Branch, load.Why)]);
            store.RecordOutcome(
                feed.Merged, feed.Merged.Day(load.AsOf), load.At,
                new DayOutcome(Outcome.Malformed, $"{load.File} stopped on {load.Branch}: {load.Why}", IsComplete: false), [], []);
        }

        foreach (var mended in before)
        {
            store.Watch.Replace(look, mended, []);
        }

        WriteLines(feed, load, judged);
    }

    /// <summary>Takes back that a load was stopped: it was merged, superseded or given up.</summary>
    public void Settled(CurveFeed feed, LoadRecord load, long delivery)
    {
        var query = new RecordQuery { Feed = feed.Merged.Id, From = load.AsOf, Through = load.AsOf };
        if (store.Read.Findings(query).Any(f => f.Finding.Expectation == Stopped))
        {
            store.Watch.Replace(new Look(feed.Merged.Id, feed.Merged.Day(load.AsOf), delivery, load.At), Stopped, []);
        }
    }

    private static Finding FindingOf(string expectation, string place, string reason) =>
        new(expectation, place, null, double.NaN, double.NaN, double.NaN, "", reason);

    private void WriteLines(CurveFeed feed, LoadRecord load, JudgedBook? judged)
    {
        var folder = Path.Combine(ErrorFolder, FolderOf(load.AsOf));
        var path = Path.Combine(folder, $"{feed.Vendor}.{load.Branch}.jsonl");
        if (load.Why.Length == 0 && (judged?.Held ?? 0) == 0)
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }

            return;
        }

        Directory.CreateDirectory(folder);
        using (var file = new FileStream(path + ".part", FileMode.Create, FileAccess.Write))
        {
            foreach (var line in Lines(feed, load, judged))
            {
                file.Write(line);
                file.WriteByte((byte)'\n');
            }
        }

        File.Move(path + ".part", path, overwrite: true);
    }

    private static IEnumerable<byte[]> Lines(CurveFeed feed, LoadRecord load, JudgedBook? judged)
    {
        if (load.Why.Length > 0)
        {
            yield return Line(feed, load, load.Why, "ERROR", load.Gate == LoadRecord.Unreadable
                ? "ask the vendor for the workbook again and load it"
                : $"load a corrected workbook to {load.Branch}, or merge it with --override and a reason", static _ => { });
        }

        foreach (var line in judged is null ? [] : Held(feed, load, judged))
        {
            yield return line;
        }
    }

    private static IEnumerable<byte[]> Held(CurveFeed feed, LoadRecord load, JudgedBook judged)
    {
        foreach (var held in judged.Book.Quarantined)
        {
            yield return Row(feed, load, held.Quote, held.Reasons, $"held back: {held.Reasons}");
        }

        foreach (var (index, verdict) in judged.Verdicts)
        {
            yield return Row(feed, load, judged.Book.Quotes[index], verdict.Code, verdict.Words);
        }
    }

    private static byte[] Row(CurveFeed feed, LoadRecord load, CurveQuote quote, string reason, string message)
    {
        var identity = quote.Head.Identity;
        var advice = reason.StartsWith("missing_units", StringComparison.Ordinal)
            ? "add the product's unit to the vendor's list"
            : "look at the cell, and load a corrected workbook";
        return Line(feed, load, message, "WARNING", advice, json =>
        {
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
        });
    }

    private static byte[] Line(
        CurveFeed feed, LoadRecord load, string message, string severity, string advice, Action<Utf8JsonWriter> context)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("source", feed.Merged.Id.Text);
            json.WriteString("error_message", message);
            json.WriteStartObject("context");
            json.WriteString("file", load.File);
            json.WriteString("sha256", load.Sha256);
            json.WriteString("branch", load.Branch);
            json.WriteString("asof_date", LocalDatePattern.Iso.Format(load.AsOf));
            context(json);
            json.WriteEndObject();
            json.WriteString("severity", severity);
            json.WriteString("recommended_action", advice);
            json.WriteNumber("ingest_ts", load.At.ToUnixTimeTicks() / 10);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
