using System.Text.RegularExpressions;
using Aurum.Tests.Architecture;

namespace Aurum.Tests.Deploy;

/// <summary>The names under which Prometheus may see the program's metrics, from the sources that make them.</summary>
internal static partial class MetricNames
{
    public static IReadOnlySet<string> All { get; } = Repository.Sources
        .Where(static f => f.Path.StartsWith("src/", StringComparison.Ordinal))
        .SelectMany(static f => Instrument().Matches(f.Text))
        .SelectMany(static m => Names(m.Groups[1].Value, m.Groups[2]))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>As <c>PrometheusText</c> makes them: dots become underscores, the unit follows, then what the kind adds.</summary>
    private static IEnumerable<string> Names(string name, Group unit)
    {
        string[] units = !unit.Success ? ["", "_seconds", "_bytes", "_ratio"] : unit.Value switch
        {
            "s" => ["_seconds"],
            "By" => ["_bytes"],
            "1" => ["_ratio"],
            _ => [""],
        };
        string[] ends = ["", "_total", "_bucket", "_count", "_sum"];
        return units.SelectMany(u => ends.Select(end => name.Replace('.', '_') + u + end));
    }

    [GeneratedRegex("""
        "(aurum\.[a-z_.]+)",\s*(?:"([^"]*)")?
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Instrument();
}
