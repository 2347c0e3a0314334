using System.Diagnostics;
using System.Globalization;

namespace Aurum.Tests.Store.Lake;

/// <summary>A process that commits is killed at any moment: what it has acknowledged is there, and nothing is there in part.</summary>
[Trait("Category", "Slow")]
public sealed class LakeCrashTests : IDisposable
{
    private const int Rounds = 8;
    private const int MaxCommitsPerRound = 12;
    private const int MaxSpins = 3_000_000;

    private readonly TestFolder _folder = new();
    private readonly Random _random = new(13);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_writers_leave_a_table_of_the_last_commit()
    {
        var before = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var acknowledged = await WriteAndKill(_random.Next(1, MaxCommitsPerRound), _random.Next(MaxSpins));

            using var world = new LakeWorld(round + 1_000_000, _folder.Path);
            var table = world.Catalog.Table(LakeWorld.Prices);
            var committed = LakeCrashWriter.Committed(table);
            Assert.InRange(committed, Math.Max(acknowledged, before + 1), acknowledged + 1);
            Assert.Equal(LakeCrashWriter.Expected(committed), LakeWorld.Read(table));
            Assert.Equal(committed + 1, table.Metadata.Current!.Rows);
            table.RemoveOrphans(NodaTime.Duration.Zero - NodaTime.Duration.FromDays(100_000));
            Assert.Equal(committed + 1, LakeWorld.Read(table).Count);
            before = committed;
        }
    }

    private async Task<int> WriteAndKill(int commits, int spins)
    {
        using var writer = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", typeof(LakeCrashTests).Assembly.Location, LakeCrashWriter.Verb, _folder.Path])
            {
                RedirectStandardOutput = true,
            })!;
        try
        {
            var last = await writer.StandardOutput.ReadLineAsync();
            for (var i = 1; i < commits; i++)
            {
                last = await writer.StandardOutput.ReadLineAsync();
            }

            Thread.SpinWait(spins);
            writer.Kill();
            while (await writer.StandardOutput.ReadLineAsync() is { } later)
            {
                last = later;
            }

            return int.Parse(last!, CultureInfo.InvariantCulture);
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync();
        }
    }
}
