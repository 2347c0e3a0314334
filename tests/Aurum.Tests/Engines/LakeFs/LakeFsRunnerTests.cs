using System.Collections.Concurrent;
using Aurum.App.LakeFs;
using Aurum.Tests.Curves;
using Aurum.Tests.Engines.Servers;
using NodaTime;

namespace Aurum.Tests.Engines.LakeFs;

/// <summary>What follows lakeFS while a server runs goes on whatever it is answered.</summary>
public sealed class LakeFsRunnerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeLakeFs _server = new();
    private readonly CurveRig _rig;

    public LakeFsRunnerTests() => _rig = new CurveRig(o => o with { LakeFs = _server.Options });

    public void Dispose()
    {
        _rig.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData("<html>the proxy is being mended</html>")]
    [InlineData("")]
    public async Task A_page_in_place_of_an_answer_is_told_and_the_next_look_does_what_is_missing(string page)
    {
        await _rig.Load("eugp", CurveRig.Monday, []);
        var left = 1;
        _server.Fault = _ => Interlocked.Decrement(ref left) == 0 ? new FakeFault(200, Body: page) : null;
        var told = new ConcurrentQueue<string>();
        using var stop = new CancellationTokenSource(Patience);
        var running = new LakeFsRunner(_rig.Platform, told.Enqueue).Run(stop.Token);
        while (!running.IsCompleted && !told.Any(static t => t.EndsWith("workbooks committed", StringComparison.Ordinal)))
        {
            await Task.Delay(20, CancellationToken.None);
            _rig.Clock.AdvanceTo(_rig.Clock.Now + Duration.FromSeconds(told.IsEmpty ? 0 : 1));
        }

        await stop.CancelAsync();
        await running;
        Assert.EndsWith(
            "expected JSON of lakeFS, found something else; the next try is in 60 seconds", told.First(), StringComparison.Ordinal);
        Assert.Equal(["eod_20260309", "main"], _server.Branches);
    }
}
