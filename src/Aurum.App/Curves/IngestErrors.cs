using System.Text.Json;
using NodaTime;

namespace Aurum.App.Curves;

/// <summary>Reads the lines of <c>aurum.ingest.error.v1</c> that loads have left: of each vendor and branch those of its latest
/// load.</summary>
internal static class IngestErrors
{
    /// <summary>Lines, gravest first within a file.</summary>
    /// <param name="dataDirectory">Data directory.</param>
    /// <param name="asOf">Of one as-of date; null: of all.</param>
    public static IEnumerable<IngestError> Read(string dataDirectory, LocalDate? asOf)
    {
        var root = Path.Combine(dataDirectory, CurveAlerts.FolderName);
        var folders = asOf is { } day
            ? [Path.Combine(root, CurveAlerts.FolderOf(day))]
            : Directory.Exists(root) ? Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        foreach (var file in folders.Where(Directory.Exists).SelectMany(
            f => Directory.EnumerateFiles(f, "*.jsonl").Order(StringComparer.Ordinal)))
        {
            foreach (var line in File.ReadLines(file))
            {
                yield return Parse(line);
            }
        }
    }

    private static IngestError Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        string Text(string name) => root.GetProperty(name).GetString()!;
        return new IngestError(
            Text("source"), Text("error_message"),
            root.GetProperty("context").EnumerateObject().ToDictionary(c => c.Name, c => c.Value.GetString()!),
            Text("severity"), Text("recommended_action"), Instant.FromUnixTimeTicks(root.GetProperty("ingest_ts").GetInt64() * 10));
    }
}

/// <summary>An error of a load, as <c>aurum.ingest.error.v1</c> has it.</summary>
/// <param name="Source">Feed.</param>
/// <param name="ErrorMessage">What is wrong.</param>
/// <param name="Context">File, branch, sheet, cell, curve, reason.</param>
/// <param name="Severity">ERROR: the load is stopped. WARNING: a row is held back.</param>
/// <param name="RecommendedAction">What to do.</param>
/// <param name="IngestTs">When it was loaded.</param>
internal sealed record IngestError(
    string Source, string ErrorMessage, IReadOnlyDictionary<string, string> Context, string Severity, string RecommendedAction,
    Instant IngestTs);
