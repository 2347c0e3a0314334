using System.Text.Json;
using Aurum.App.Commands;
using Aurum.Cluster.S3;
using Aurum.Store.Objects;
using Aurum.Tests.Commands;
using Aurum.Tests.Engines.Servers;

namespace Aurum.Tests.Engines.S3;

/// <summary>The archive's commands on a real S3 server, to rows that are rebuilt from nothing else.</summary>
[Collection(SwiftTests.Name)]
public sealed class SwiftArchiveTests(SwiftServer swift) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_is_pushed_and_thrown_away_and_its_rows_are_rebuilt_from_the_bucket()
    {
        (await Run("fetch", "nyiso/day-ahead-lmp-zone", "--day", "2025-11-03", "--sandbox")).Ended(ExitCodes.Done);
        Assert.Contains("S3: expected", (await Run("archive", "push")).Ended(ExitCodes.BadInput).Error, StringComparison.Ordinal);
        var options = await Configure();
        (await Run("archive", "status")).Ended(ExitCodes.Failed);

        var pushed = (await Run("archive", "push", "--parallel", "2")).Ended(ExitCodes.Done);

        Assert.Contains("1 files and 1 records sent", pushed.Out, StringComparison.Ordinal);
        (await Run("archive", "status")).Ended(ExitCodes.Done);
        Assert.Contains("every hash holds", (await Run("archive", "verify")).Ended(ExitCodes.Done).Out, StringComparison.Ordinal);
        Directory.Delete(_folder["archive"], recursive: true);
        var replayed = (await Run("replay", "--verify")).Ended(ExitCodes.Done).Out;
        Assert.Contains("archive: 1 files", replayed, StringComparison.Ordinal);
        Assert.Contains("equal", replayed, StringComparison.Ordinal);

        using var connection = new S3Connection(options, TimeProvider.System, static () => 1);
        var body = Assert.Single(ObjectCalls.List(connection.Archive()!, "sha256/", default)).Key;
        await connection.Archive()!.Put(body, "other"u8.ToArray(), default);
        var damaged = (await Run("archive", "verify")).Ended(ExitCodes.Failed).Out;
        var hash = body["sha256/".Length..].Replace("/", "", StringComparison.Ordinal);
        Assert.Contains($"damaged: {hash}", damaged, StringComparison.Ordinal);
    }

    private async Task<S3Options> Configure()
    {
        var options = swift.Options with { RawBucket = await swift.NewBucket() };
        await File.WriteAllTextAsync(_folder["aurum.json"], JsonSerializer.Serialize(new
        {
            S3 = new { options.Endpoint, options.AccessKey, options.SecretKey, options.RawBucket },
        }));
        return options;
    }

    private Task<CommandRun> Run(params string[] arguments) => CommandRun.Of([.. arguments, "--data", _folder.Path]);
}
