using System.Globalization;
using System.Text.Json.Nodes;
using Aurum.App.Output;
using Aurum.App.Simulation;

namespace Aurum.App.Commands;

/// <summary><c>aurum simulate --virtual-months</c>: progress on standard error, laws and memory on standard output.</summary>
internal static class SimulatedMonths
{
    private const int MostMonths = 24;
    private const int DaysAMonth = 30;

    /// <returns>Done where every law holds and memory is flat.</returns>
    public static async Task<int> Run(SimulationOptions options, int months, CommandConsole console, CancellationToken cancel)
    {
        if (months is < 1 or > MostMonths)
        {
            throw new CommandException(ExitCodes.BadInput, $"expected --virtual-months 1 to {MostMonths}, found {months}");
        }

        options = options with { Days = months * DaysAMonth, HasAllFeeds = true, HasAllPublishers = true };
        using var folder = new SimulationFolder(options.Seed);
        using var life = new SimulatedLife(options, folder.Path);
        using var platform = life.Open();
        var soak = new Soak(life, months);
        await soak.Run(platform, week => console.Error.WriteLine(Progress(soak, life, week)), cancel);
        var laws = new LawBook(life, platform).Check(cancel, replays: false);
        var growth = MemorySample.Growth(soak.Samples);
        var report = SimulateCommand.Json(options, life, platform, laws);
        report["virtual_months"] = months;
        report["memory_is_flat"] = growth is null;
        report["memory_growth"] = growth;
        report["memory_mib_by_week"] = new JsonArray(
            [.. soak.Samples.Select(static s => new JsonArray(s.HeapBytes >> 20, s.ResidentBytes >> 20))]);
        console.WriteLine(report.ToJsonString(JsonText.Indented));
        return growth is null && laws.All(l => l.Broken == 0) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static string Progress(Soak soak, SimulatedLife life, int week)
    {
        var memory = soak.Samples[^1];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"week {week} of {soak.Weeks}, {life.Now:uuuu-MM-dd}: {life.Deliveries} deliveries, ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"managed heap {memory.HeapBytes >> 20} MiB, resident {memory.ResidentBytes >> 20} MiB");
    }
}
