using System.Globalization;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Writing;

namespace Aurum.Tests.Store.Lake;

/// <summary>Commits to a table until it is killed, and says after each commit how many there are.</summary>
internal static class LakeCrashWriter
{
    public const string Verb = "lake-writer";

    private const string Count = "test.commits";
    private const int CompactEvery = 10;
    private const int ExpireEvery = 7;

    public static int Run(string folder, TextWriter acknowledged)
    {
        // Tokens must differ from those of the process before.
        using var world = new LakeWorld(Environment.ProcessId, folder);
        Write(world.Catalog.TableOrNew(LakeWorld.PricesShape), acknowledged);
        return 0;
    }

    /// <summary>Commits without end.</summary>
    public static void Write(LakeTable table, TextWriter acknowledged)
    {
        for (var number = Committed(table) + 1; ; number++)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            var write = new LakeWrite { Properties = new Dictionary<string, string> { [Count] = text } };
            table.Upsert(LakeWorld.Rows(Added(number)), null, write);
            acknowledged.WriteLine(text);
            acknowledged.Flush();
            if (number % CompactEvery == 0)
            {
                table.Compact(CompactionOptions.Everything);
            }

            if (number % ExpireEvery == 0)
            {
                table.Expire(new ExpiryOptions { MinSnapshotsToKeep = 2, MaxSnapshotAge = NodaTime.Duration.Zero });
            }
        }
    }

    /// <summary>What the table holds after so many commits.</summary>
    public static IEnumerable<PriceRow> Expected(int committed) => Enumerable.Range(1, committed).SelectMany(Added)
        .GroupBy(r => (r.Day, r.Place, r.Hour)).Select(g => g.Last()).OrderBy(r => (r.Day, r.Place, r.Hour));

    public static int Committed(LakeTable table) =>
        int.Parse(table.Metadata.Properties.GetValueOrDefault(Count, "0"), CultureInfo.InvariantCulture);

    /// <summary>A row of its own, and one that every commit changes.</summary>
    public static PriceRow[] Added(int number) => [new(number % 3, $"N{number}", 1, number), new(0, "SHARED", 1, number)];
}
