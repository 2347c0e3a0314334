using System.Text;
using Aurum.App.Commands;
using Aurum.App.Output;
using Aurum.Sandbox.Ticks;
using Aurum.Tests.Ticks.Service;
using TickServer = Aurum.Tests.Api.Ticks.TickServer;

namespace Aurum.Tests.Commands;

/// <summary>Bars of a server in pages are those of one answer.</summary>
public sealed class RemoteBarsTests
{
    private static readonly MadeStreamOptions Load = new(5, TickMode.HighVolume, 2_000, 7, TickHome.Start)
    {
        StepMicros = 500_000,
        DisorderSeconds = 90,
    };

    [Fact]
    public async Task All_bars_come_however_small_the_pages()
    {
        await using var server = await TickServer.StartAsync();
        var messages = TickHome.Written(Load);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await server.PostAsync("/v1/ticks", messages)).Status);
        await server.Ticks.SettleAsync(default);
        foreach (var format in new[] { RowFormat.Csv, RowFormat.Json, RowFormat.Table })
        {
            var arguments = new StoredBarsArguments([], null, null, null, null, AllRevisions: true, format);
            var whole = await Printed(server, 250_000, arguments);
            Assert.True(whole.Length > 5_000);
            Assert.Equal(whole, await Printed(server, 37, arguments));
            Assert.Equal(whole, await Printed(server, await Count(server), arguments));
        }

        var none = new StoredBarsArguments([], "nobody", null, null, null, AllRevisions: false, RowFormat.Json);
        Assert.Equal("[]\n", await Printed(server, 37, none));
        var empty = await Printed(server, 37, none with { Format = RowFormat.Csv });
        Assert.Equal("instrument_id,interval,start_utc,open,high,low,close,volume,vwap,count,revision", empty.TrimEnd());
    }

    private static async Task<int> Count(TickServer server)
    {
        var all = await Printed(
            server, 250_000, new StoredBarsArguments([], null, null, null, null, AllRevisions: true, RowFormat.Csv));
        return all.Count(static c => c == '\n') - 1;
    }

    private static async Task<string> Printed(TickServer server, int pageRows, StoredBarsArguments arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var console = new CommandConsole(output, error, TimeProvider.System, IsTerminal: false, ShowsProgress: false);
        await new RemoteBars(server.Http.BaseAddress!, pageRows).Print(
            frame => StoredBars.SqlOf(arguments, frame), arguments.Format, console, default);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
