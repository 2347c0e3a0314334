using System.Runtime.Versioning;

namespace Aurum.Tests.Commands;

/// <summary><c>aurum jobs</c>, and backfills that are left to others or interrupted.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class JobsCommandTests : IDisposable
{
    private const string Header =
        "job,state,priority,feeds,from,to,days,days_there,days_missing,rows,requests,minutes,bytes,changed_utc,why";

    private static readonly string[] Order =
        ["backfill", "nyiso/day-ahead-lmp-zone", "caiso/day-ahead-lmp", "--from", "2025-10-30", "--to", "2025-11-02"];

    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_detached_order_is_listed_shown_paused_resumed_and_run_by_the_same_order()
    {
        var placed = (await Aurum([.. Order, "--detach", "--priority", "3"])).Ended(0);
        var id = placed.Out.Split(' ')[1].TrimEnd(':');
        Assert.Equal($"job {id}: queued; 'aurum up' runs it, and so does the same order without --detach\n", placed.Out);
        Assert.Contains($"aurum: job {id} is new, priority 3\n", placed.Error, StringComparison.Ordinal);
        Assert.Contains("aurum: 8 days asked for, 0 already there; ", placed.Error, StringComparison.Ordinal);
        var list = (await Aurum("jobs")).Ended(0);
        Assert.Equal(Header, list.Lines[0]);
        Assert.StartsWith(
            $"{id},queued,3,nyiso/day-ahead-lmp-zone caiso/day-ahead-lmp,2025-10-30,2025-11-02,8,0,0,0,", list.Lines[1],
            StringComparison.Ordinal);

        var paused = (await Aurum("jobs", "pause", id[..6])).Ended(0);
        Assert.StartsWith(
            $"job {id}: paused, priority 3; 0 of 8 days are there, 0 tried and missing; ", paused.Out, StringComparison.Ordinal);
        var resumed = (await Aurum("jobs", "resume", id)).Ended(0);
        Assert.EndsWith("the next 'aurum up' runs it, and so does the same order\n", resumed.Out, StringComparison.Ordinal);
        var run = (await Aurum([.. Order, "--sandbox"])).Ended(0);
        Assert.Contains($"aurum: job {id} is known: the same order was queued, priority 5\n", run.Error, StringComparison.Ordinal);

        var shown = (await Aurum("jobs", "show", id)).Ended(0);
        Assert.StartsWith($"aurum: job {id}: completed, priority 5; 8 of 8 days are there", shown.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["feed,from,to,days,days_there,days_missing,watermark,rows", "caiso/day-ahead-lmp,2025-10-30,2025-11-02,4,4,0,2025-11-02,"],
            shown.Lines.Take(2).Select((line, i) => i == 0 ? line : line[..(line.LastIndexOf(',') + 1)]));
        var chunks = (await Aurum("jobs", "show", id, "--chunks", "--format", "json")).Ended(0).Json;
        Assert.Equal(4, chunks.GetArrayLength());
        Assert.All(chunks.EnumerateArray(), chunk => Assert.Equal("done", chunk.GetProperty("state").GetString()));
        var over = (await Aurum("jobs", "cancel", id)).Ended(2);
        Assert.Contains(
            $"aurum: job {id} is completed: only a queued, running or paused job can be cancelled", over.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_is_not_there_ends_with_2_and_names_the_nearest()
    {
        var id = (await Aurum([.. Order, "--detach"])).Ended(0).Out.Split(' ')[1].TrimEnd(':');
        var unknown = (await Aurum("jobs", "show", "qqqq")).Ended(2);
        Assert.Contains("there is no job 'qqqq'; 'aurum jobs' lists all", unknown.Error, StringComparison.Ordinal);
        Assert.Contains($"did you mean {id}?", (await Aurum("jobs", "pause", id[1..])).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains(
            "priority 11: expected 1 (first) to 10 (last)", (await Aurum([.. Order, "--detach", "--priority", "11"])).Ended(2).Error,
            StringComparison.Ordinal);
    }

    /// <summary>The limits of the sandbox's site make the job last until it is interrupted.</summary>
    [Fact]
    public async Task Ctrl_C_leaves_a_paused_job_and_a_server_takes_what_is_left_to_it()
    {
        _data.Write("aurum.json", """
            { "Feeds": ["nyiso/load-forecast"], "Sites": { "caiso-oasis": { "RequestsPerMinute": 1 } } }
            """);
        await using var backfill = AurumProcess.Start(
            "backfill", "caiso/day-ahead-lmp", "--from", "2025-10-01", "--to", "2025-10-30", "--sandbox", "--data", _data.Path);
        await backfill.AfterError("aurum: 1 of 30 days");
        var stopped = (await backfill.Signal("INT")).Ended(1);
        Assert.Contains(" is paused: 'aurum jobs resume ", stopped.Error, StringComparison.Ordinal);
        Assert.Contains("aurum: stopped", stopped.Error, StringComparison.Ordinal);

        await using var up = AurumProcess.Start("up", "--port", "0", "--days", "1", "--data", _data.Path);
        await up.Address();
        var job = (await Direct("jobs")).Lines[1].Split(',');
        Assert.Equal("paused", job[1]);
        // The server may have begun it by the time the command has its answer.
        Assert.Matches($"^job {job[0]}: (queued|running)", (await Direct("jobs", "resume", job[0])).Out);
        await up.AfterError($"backfill job {job[0]} runs");
        Assert.StartsWith($"job {job[0]}: paused", (await Direct("jobs", "pause", job[0][..5])).Out, StringComparison.Ordinal);
        await up.AfterError($"backfill job {job[0]} is paused");
        await Direct("jobs", "resume", job[0]);
        Assert.StartsWith($"job {job[0]}: cancelled", (await Direct("jobs", "cancel", job[0])).Out, StringComparison.Ordinal);
        var other = await Direct([.. Order, "--detach"]);
        Assert.Matches("^job [0-9a-f]{12} is new, priority 5; 8 days asked for, ", other.Out);
        Assert.Contains("caiso/day-ahead-lmp,2025-10-01", (await Direct("jobs", "show", job[0])).Out, StringComparison.Ordinal);
        var refused = await AurumProcess.Run("jobs", "show", "qqqq", "--data", _data.Path);
        Assert.Contains("there is no job 'qqqq'", refused.Ended(2).Error, StringComparison.Ordinal);
        (await up.Signal("TERM")).Ended(0);
        Assert.Contains(",queued,5,nyiso/day-ahead-lmp-zone caiso/day-ahead-lmp,", (await Direct("jobs")).Out, StringComparison.Ordinal);
    }

    private Task<CommandRun> Aurum(params string[] arguments) => CommandRun.Of([.. arguments, "--data", _data.Path]);

    private async Task<CommandRun> Direct(params string[] arguments) =>
        (await AurumProcess.Run([.. arguments, "--data", _data.Path])).Ended(0);
}
