using Aurum.Curves.Feeds;
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
            new ErrorLines(file, feed, load).Write(judged);
        }

        File.Move(path + ".part", path, overwrite: true);
    }
}
