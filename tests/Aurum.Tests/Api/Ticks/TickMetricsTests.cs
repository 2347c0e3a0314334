using System.Globalization;
using System.Text.RegularExpressions;
using Aurum.Tests.Ticks;

namespace Aurum.Tests.Api.Ticks;

/// <summary>Alone in the process, as instruments of one name are one metric there.</summary>
[Collection(ApiMetricsTests.Name)]
public sealed class TickMetricsTests
{
    [Fact]
    public async Task The_metrics_account_for_every_message()
    {
        await using var server = await TickServer.StartAsync();
        await server.SendAsync(
            TickMessages.B("evt-1"), TickMessages.B("evt-1"), TickMessages.B("evt-2").With("payload.market", 7),
            TickMessages.B("evt-3", TickMessages.Occurred + 200_000_000), TickMessages.B("evt-4", TickMessages.Occurred + 1_000_000));

        var text = (await server.GetAsync("/metrics")).Text;
        var counts = Regex.Matches(text, "aurum_ticks_messages_total\\{outcome=\"([a-z_]+)\"\\} ([0-9]+)")
            .ToDictionary(m => m.Groups[1].Value, m => long.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));

        Assert.Equal(5, counts["received"]);
        Assert.Equal(counts["received"], counts.Where(c => c.Key != "received").Sum(c => c.Value));
        Assert.Equal((2, 1, 1, 1), (counts["accepted"], counts["duplicate"], counts["late_amended"], counts["dead_lettered"]));
        Assert.Contains("aurum_ticks_dead_letters_total{reason=\"WrongType\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("\"ticks\":\"ok\"", (await server.GetAsync("/ready")).Text, StringComparison.Ordinal);
    }
}
