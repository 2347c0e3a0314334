using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Benchmarks.Quality;

/// <summary>The baseline: the same ten expectations, as an engine that knows columns by name only does them.</summary>
internal static class RowInterpreter
{
    private static readonly HashSet<object?> Types = ["NODE", "ZONE", "HUB"];

    public static Dictionary<string, object?> Box(LmpRow row) => new()
    {
        ["location_id"] = row.Location.Id,
        ["location_type"] = row.Location.Type.ToText(),
        ["interval_start_utc"] = row.Delivery.StartUnixSeconds,
        ["interval_end_utc"] = row.Delivery.EndUnixSeconds,
        ["lmp"] = row.LmpUsdPerMwh,
        ["energy"] = row.EnergyUsdPerMwh,
        ["congestion"] = row.CongestionUsdPerMwh,
        ["loss"] = row.LossUsdPerMwh,
        ["ghg"] = double.IsNaN(row.GhgUsdPerMwh) ? null : row.GhgUsdPerMwh,
    };

    public static long Check(IReadOnlyList<Dictionary<string, object?>> rows, OperatingDay day, HashSet<string> known)
    {
        var (first, last) = (day.Start.ToUnixTimeSeconds(), day.End.ToUnixTimeSeconds());
        var said = new Dictionary<(string, string, long, long), (double, double, double, double)>();
        Func<Dictionary<string, object?>, bool>[] expectations =
        [
            static row => row["lmp"] is not null,
            static row => Types.Contains(row["location_type"]),
            static row => row["location_id"] is string { Length: >= 1 and <= 64 },
            static row => row["lmp"] is not double lmp || lmp is >= -150 and <= 2000,
            static row => row["lmp"] is not double lmp || Math.Abs(lmp - Sum(row)) <= 0.01 + 1e-9,
            row => (long)row["interval_start_utc"]! >= first && (long)row["interval_end_utc"]! <= last,
            row => IsNewOrIdentical(row, said),
        ];
        var failed = 0;
        foreach (var row in rows)
        {
            foreach (var expectation in expectations)
            {
                failed += expectation(row) ? 0 : 1;
            }
        }

        return failed == 0 && IsComplete(said.Keys, first, last, known)
            ? rows.Count
            : throw new InvalidOperationException("the rows are sound, the interpreter said otherwise");
    }

    private static double Sum(Dictionary<string, object?> row) =>
        (double)row["energy"]! + (double)row["congestion"]! + (double)row["loss"]! + (row["ghg"] as double? ?? 0);

    private static bool IsNewOrIdentical(
        Dictionary<string, object?> row, Dictionary<(string, string, long, long), (double, double, double, double)> said)
    {
        var key =
            ((string)row["location_id"]!, (string)row["location_type"]!, (long)row["interval_start_utc"]!,
            (long)row["interval_end_utc"]!);
        var values = ((double)row["lmp"]!, (double)row["energy"]!, (double)row["congestion"]!, (double)row["loss"]!);
        return said.TryAdd(key, values) || said[key] == values;
    }

    /// <summary>Every place has every interval of the day, without gap, and every known place is there.</summary>
    private static bool IsComplete(
        IEnumerable<(string Id, string Type, long Start, long End)> keys, long first, long last, HashSet<string> known)
    {
        var series = keys.GroupBy(static k => (k.Id, k.Type)).ToList();
        foreach (var one in series)
        {
            var at = first;
            foreach (var interval in one.OrderBy(static k => k.Start))
            {
                if (interval.Start != at)
                {
                    return false;
                }

                at = interval.End;
            }

            if (at != last)
            {
                return false;
            }
        }

        return known.IsSubsetOf(series.Select(static s => s.Key.Id));
    }
}
