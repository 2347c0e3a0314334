using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aurum.App.Commands;
using Aurum.App.Curves;
using Aurum.Cluster.S3;
using Aurum.Market.Feeds;
using Aurum.Store.Archive;
using Aurum.Store.Objects;
using Aurum.Tests.Commands;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using Aurum.Tests.Store.Lake;
using NodaTime;

namespace Aurum.Tests.Engines.S3;

/// <summary>Processes that write to a real S3 server are killed with -9 at any moment: what is seen is whole, and a repeat ends
/// it.</summary>
[Collection(SwiftTests.Name)]
[Trait("Category", "Slow")]
public sealed class SwiftCrashTests(SwiftServer swift) : IDisposable
{
    private const int MaxSpins = 3_000_000;

    /// <summary>This assembly as a program.</summary>
    private static readonly string Writer = typeof(SwiftCrashTests).Assembly.Location;

    private readonly TestFolder _folder = new();
    private readonly Random _random = new(17);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_push_of_the_archive_that_is_killed_leaves_whole_objects_and_a_repeat_sends_the_rest()
    {
        const int Bodies = 14;
        var options = swift.Options with { RawBucket = await swift.NewBucket() };
        await Fill(Bodies);
        await Configure(options);
        using var connection = new S3Connection(options, TimeProvider.System, static () => 1);
        var copy = new ArchiveCopy(_folder["archive"], connection.Archive()!);
        var kills = 0;
        for (var before = 0; before < Bodies - 3 && kills < 3; before = copy.Standing(default).There.Bodies)
        {
            await using var push = new Started(
                AurumProcess.Program, "archive", "push", "--parallel", "1", "--data", _folder.Path);
            var goal = before + _random.Next(1, 3);
            await Until(() => Task.FromResult(ObjectCalls.List(connection.Archive()!, "sha256/", default).Count >= goal));
            Thread.SpinWait(_random.Next(MaxSpins));
            push.Kill();
            kills++;
            Assert.True((await copy.Verify(_folder["scratch"], static _ => { }, default)).IsSound);
        }

        (await AurumProcess.Run("archive", "push", "--data", _folder.Path)).Ended(ExitCodes.Done);

        Assert.InRange(kills, 2, 3);
        Assert.Equal(new ArchiveAmount(0, 0, 0), copy.Standing(default).Unsent);
        var check = await copy.Verify(_folder["scratch"], static _ => { }, default);
        Assert.True(check.IsSound);
        Assert.Equal((Bodies, Bodies), (check.Blobs, check.Records));
    }

    [Fact]
    public async Task Writers_of_the_lake_that_are_killed_leave_a_table_of_the_last_commit()
    {
        const int Rounds = 2;
        var bucket = await swift.NewBucket();
        using var lakes = new S3Lakes(S3CrashWriter.Options(swift.Endpoint, bucket));
        var before = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var acknowledged = await KillAfter(_random.Next(1, 3), S3CrashWriter.LakeVerb, swift.Endpoint, bucket);

            using var world = lakes.World(round + 1_000_000);
            var table = world.Catalog.Table(LakeWorld.Prices);
            var committed = LakeCrashWriter.Committed(table);
            Assert.InRange(committed, Math.Max(acknowledged, before + 1), acknowledged + 1);
            Assert.Equal(LakeCrashWriter.Expected(committed), LakeWorld.Read(table));
            Assert.Equal(committed + 1, table.Metadata.Current!.Rows);
            before = committed;
        }
    }

    [Fact]
    public async Task Exports_that_are_killed_are_whole_and_sent_again_and_their_unfinished_uploads_can_be_given_up()
    {
        const int Rounds = 2;
        var options = S3CrashWriter.Options(swift.Endpoint, await swift.NewBucket());
        await Configure(options);
        using var connection = new S3Connection(options, TimeProvider.System, static () => 1);
        var (exports, folder, last) = (connection.Exports()!, Directory.CreateDirectory(_folder["files"]).FullName, 0);
        var unfinished = new S3Unfinished(connection, TimeProvider.System);
        for (var round = 0; round < Rounds; round++)
        {
            last = await KillAfter(_random.Next(1, 3), S3CrashWriter.ExportVerb, swift.Endpoint, options.ExportBucket!, folder);

            Assert.True(await exports.Download("curves.csv", _folder["read"], default));
            var found = S3CrashWriter.VersionOf(_folder["read"]);
            Assert.InRange(found, last, last + 1);
            var read = await File.ReadAllBytesAsync(_folder["read"]);
            Assert.True(S3CrashWriter.Content(found).AsSpan().SequenceEqual(read));
        }

        // One more that surely dies between two parts.
        await using (var upload = new Started(Writer, S3CrashWriter.ExportVerb, swift.Endpoint, options.ExportBucket!, folder))
        {
            await Until(async () => (await unfinished.List(Instant.MaxValue, default)).Count > 0);
            upload.Kill();
        }

        await new ExportUploads(exports, folder).Send(default);
        Assert.Equal([S3CrashWriter.FileIn(folder)], Directory.GetFiles(folder, "curves.csv*").Where(static f => !f.EndsWith(".new")));
        Assert.True(await exports.Download("curves.csv", _folder["read"], default));
        Assert.Equal(S3CrashWriter.VersionOf(S3CrashWriter.FileIn(folder)), S3CrashWriter.VersionOf(_folder["read"]));

        var left = await unfinished.List(Instant.MaxValue, default);
        Assert.NotEmpty(left);
        string[] ofAll = ["--older-hours", "0", "--data", _folder.Path];
        Assert.Contains("curves.csv", (await AurumProcess.Run(["s3", "uploads", .. ofAll])).Ended(ExitCodes.Done).Out);
        (await AurumProcess.Run(["s3", "uploads", "--abort", .. ofAll])).Ended(ExitCodes.Done);
        Assert.Empty(await unfinished.List(Instant.MaxValue, default));
    }

    /// <summary>An archive with a body that goes in parts among small ones.</summary>
    private async Task Fill(int bodies)
    {
        var archive = new RawArchive(_folder["archive"], new StoppedClock(Instant.FromUtc(2025, 7, 1, 12, 0)), 1 << 30);
        for (var i = 0; i < bodies; i++)
        {
            var fetch = new Fetch(new FeedId("nyiso/load"), new LocalDate(2025, 7, 1), "nyiso-mis", $"/{i}", "pal.csv", 200);
            var body = new byte[i % 7 == 3 ? 17 << 20 : 900_000];
            Encoding.ASCII.GetBytes($"{i}", body);
            await archive.AddAsync(fetch, new MemoryStream(body), [], default);
        }
    }

    private Task Configure(S3Options options) => File.WriteAllTextAsync(_folder["aurum.json"], JsonSerializer.Serialize(new
    {
        S3 = new { options.Endpoint, options.AccessKey, options.SecretKey, options.RawBucket, options.ExportBucket, options.ExportPrefix },
    }));

    /// <summary>Starts a writer and kills it some time after so many writes; returns how many it has acknowledged.</summary>
    private async Task<int> KillAfter(int writes, params string[] arguments)
    {
        await using var writer = new Started(Writer, arguments);
        return await writer.KillAfter(writes, _random.Next(MaxSpins));
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    /// <summary>A program that writes.</summary>
    private sealed class Started(string program, params string[] arguments) : IAsyncDisposable
    {
        private readonly Process _process = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", program, .. arguments]) { RedirectStandardOutput = true })!;

        public void Kill() => _process.Kill();

        public async Task<int> KillAfter(int writes, int spins)
        {
            string? last = null;
            for (var i = 0; i < writes; i++)
            {
                last = await _process.StandardOutput.ReadLineAsync();
            }

            Thread.SpinWait(spins);
            Kill();
            while (await _process.StandardOutput.ReadLineAsync() is { } later)
            {
                last = later;
            }

            return int.Parse(last!, CultureInfo.InvariantCulture);
        }

        public async ValueTask DisposeAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }
}
