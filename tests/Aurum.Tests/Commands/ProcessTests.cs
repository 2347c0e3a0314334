using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;

namespace Aurum.Tests.Commands;

/// <summary>What only a process shows: exit codes, pipes, signals, locks, ports, a server beside a command.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProcessTests
{
    private static readonly string Flows = Samples.PathOf("nyiso", "20171122ExternalLimitsFlows.csv");

    [Theory]
    [InlineData("SLD_REN_FCST_no_data_ERR1000.xml", 0)]
    [InlineData("ene_slrs.xml", 1)]
    [InlineData("systemconditions.html", 2)]
    public async Task Exit_codes_reach_the_shell(string file, int code)
    {
        var run = (await AurumProcess.Run("parse", Samples.PathOf("caiso", file), "--summary")).Ended(code);
        Assert.Equal(code == 2, run.Out.Length == 0);
        Assert.Equal(code == 2, run.Error.Length > 0);
    }

    [Theory]
    [InlineData("parse \"$1\"")]
    [InlineData("parse \"$1\" --format json")]
    [InlineData("feeds --format json")]
    public async Task A_pipe_that_is_closed_early_ends_quietly(string command)
    {
        var run = (await AurumProcess.Shell($"set -o pipefail; $AURUM {command} | head -n 1", Flows)).Ended(0);
        Assert.Single(run.Lines);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task A_full_disk_below_the_output_ends_with_1_in_a_sentence()
    {
        var run = (await AurumProcess.Shell("$AURUM parse \"$1\" > /dev/full", Flows)).Ended(1);
        Assert.Equal("aurum: No space left on device", run.Error.Trim());
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Up_stops_cleanly_when_it_is_told_to(string signal)
    {
        using var data = new DataFolder();
        await using var up = AurumProcess.Start("up", "--port", "0", "--days", "1", "--data", data.Path);
        await up.Address();
        Assert.Equal(0, FoldersWatchedBy(up.Id));
        var run = (await up.Signal(signal)).Ended(0);
        Assert.Empty(run.Out);
        Assert.DoesNotContain("error", run.Error, StringComparison.OrdinalIgnoreCase);
        (await AurumProcess.Run("replay", "--verify", "--data", data.Path)).Ended(0);
    }

    [Fact]
    public async Task Queries_print_the_same_with_and_without_a_server_on_the_directory()
    {
        using var data = new DataFolder();
        (await AurumProcess.Run("ingest", Samples.PathOf("nyiso", "20260923damlbmp_zone.csv"), "--data", data.Path)).Ended(0);
        const string Sql =
            "select location_id, interval_start_utc, lmp, '<é>' as text, null::varchar as none from iso_lmp order by all limit 3";
        string[] formats = ["csv", "json", "table"];
        Task<CommandRun[]> Ask() => Task.WhenAll(
            formats.Select(f => AurumProcess.Run("sql", Sql, "--format", f, "--data", data.Path)));

        var direct = await Ask();
        await using var server = AurumProcess.Start("serve", "--port", "0", "--data", data.Path);
        await server.Address();
        var through = await Ask();
        Assert.All(direct.Concat(through), run => run.Ended(0));
        Assert.Equal(direct.Select(r => r.Out), through.Select(r => r.Out));
        Assert.Contains("<é>", direct[0].Out, StringComparison.Ordinal);
        (await AurumProcess.Run("gaps", "--data", data.Path)).Ended(0);
        var status = (await AurumProcess.Run("status", "--data", data.Path)).Ended(0);
        Assert.Contains("nyiso/day-ahead-lmp-zone,", status.Out, StringComparison.Ordinal);
        var refused = (await AurumProcess.Run("sql", "drop table iso_lmp", "--data", data.Path)).Ended(2);
        Assert.Contains("only queries", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_is_open_elsewhere_is_refused_with_who_has_it()
    {
        using var data = new DataFolder();
        await using var server = AurumProcess.Start("serve", "--port", "0", "--data", data.Path);
        var address = await server.Address();
        foreach (var arguments in new string[][] { ["replay", "--verify"], ["up", "--port", "0"], ["ingest", Flows] })
        {
            var run = (await AurumProcess.Run([.. arguments, "--data", data.Path])).Ended(1);
            Assert.Contains(
                $"is in use by process {server.Id} ({address.AbsoluteUri.TrimEnd('/')}). Stop it first",
                run.Error,
                StringComparison.Ordinal);
            Assert.Contains("--data DIR", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_refused_with_who_holds_it()
    {
        using var data = new DataFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var run = (await AurumProcess.Run("up", "--port", $"{port}", "--data", data.Path)).Ended(1);
        Assert.Contains(
            $"port {port} of 127.0.0.1 is taken by process {Environment.ProcessId} (", run.Error, StringComparison.Ordinal);
        Assert.Contains("run 'aurum up --port N' (0 takes any free port)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sandbox_runs_alone_and_names_its_addresses()
    {
        await using var sandbox = AurumProcess.Start("sandbox", "--free-ports");
        var run = await sandbox.AfterError("Ctrl+C stops it");
        var publishers = new SandboxNetwork(new World(1)).Publishers.Select(p => p.Name);
        Assert.Equal(publishers.Order(StringComparer.Ordinal), run.Lines.Select(l => l.Split(' ')[0]).Order(StringComparer.Ordinal));
        using var http = new HttpClient();
        var caiso = run.Lines.Single(l => l.StartsWith("caiso", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(caiso + "/health"))).StatusCode);
        (await sandbox.Signal("TERM")).Ended(0);
    }

    /// <summary>Folders that the system tells a process of, for example because it looks for files of settings below its working
    /// directory.</summary>
    private static int FoldersWatchedBy(int process)
    {
        var watched = 0;
        foreach (var file in Directory.EnumerateFiles($"/proc/{process}/fdinfo"))
        {
            try
            {
                watched += File.ReadLines(file).Count(static line => line.StartsWith("inotify wd:", StringComparison.Ordinal));
            }
            catch (IOException)
            {
                // Closed meanwhile.
            }
        }

        return watched;
    }
}
