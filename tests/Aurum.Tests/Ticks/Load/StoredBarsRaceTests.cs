using Aurum.App.Ticks;
using Aurum.App.Ticks.Load;
using Aurum.Sandbox.Ticks;
using Aurum.Tests.Ticks.Service;
using NodaTime;

namespace Aurum.Tests.Ticks.Load;

/// <summary>Bars of all intervals, days of 23 and 25 hours among them, are those that SQL computes from the stored ticks.</summary>
public sealed class StoredBarsRaceTests
{
    private const int Instruments = 20;
    private const int TicksADay = 288 * Instruments;

    [Theory]
    [InlineData(2026, 3, 7)]
    [InlineData(2026, 10, 31)]
    public async Task Bars_of_the_days_when_clocks_change_are_those_of_SQL(int year, int month, int day)
    {
        await using var home = new LoadHome(new TickServiceOptions { QuietSeconds = 0 });
        var options = new MadeStreamOptions(
            9, TickMode.Historical, 3 * TicksADay, Instruments, Instant.FromUtc(year, month, day, 12, 0)) { HasQuotes = true };
        await home.Service.SubmitAsync(TickHome.Batch(TickHome.Written(options)), default);

        var found = await StoredBarsRace.Run(home);

        Assert.Equal(3 * TicksADay, found.Ticks);
        using var rows = home.Store.Read.Sql(
            """
            select count(*), count(distinct end_utc - start_utc) from bars_current where interval = '1d'
            """);
        Assert.True(rows.NextChunk());
        Assert.Equal((4 * Instruments, 2), (rows.Whole(0, 0), rows.Whole(1, 0)));
    }
}
