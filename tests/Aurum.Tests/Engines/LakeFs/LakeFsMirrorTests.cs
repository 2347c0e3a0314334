using Aurum.Cluster;
using Aurum.Cluster.LakeFs;
using Aurum.Tests.Curves;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Engines.Vault;

namespace Aurum.Tests.Engines.LakeFs;

/// <summary>Branches of curves in lakeFS: a double stands in for the server, which cannot be run here.</summary>
public sealed class LakeFsMirrorTests : IDisposable
{
    private const string Branch = "eod_20260309";
    private const string Release = "release/2026-03-09";

    private readonly FakeLakeFs _server = new();
    private readonly CurveRig _rig = new();
    private readonly LakeFsClient _client;

    public LakeFsMirrorTests() => _client = new LakeFsClient(_server.Options, TimeProvider.System, static () => 0);

    public void Dispose()
    {
        _client.Dispose();
        _rig.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Keys_that_were_replaced_in_Vault_are_asked_for_when_the_old_ones_are_refused()
    {
        using var vault = new TurningVault(("AURUM_LAKEFS_ACCESS_KEY", "key"), ("AURUM_LAKEFS_SECRET_KEY", "secret"));
        using var client = new LakeFsClient(_server.Options.With(vault.Secrets), TimeProvider.System, static () => 0);
        await client.CreateBranch("a", "main", default);
        _server.Keys = "key-2:secret-2";
        vault.Turn("AURUM_LAKEFS_ACCESS_KEY", "key-2");
        vault.Turn("AURUM_LAKEFS_SECRET_KEY", "secret-2");
        await client.CreateBranch("b", "main", default);
        Assert.Equal(["a", "b", "main"], _server.Branches);
        var refused = await Assert.ThrowsAsync<LakeFsException>(() => _client.Branches(default));
        Assert.Equal(401, refused.Status);
    }

    [Fact]
    public async Task A_day_is_a_branch_with_its_workbooks_and_counts_and_a_release_is_a_tag_on_main()
    {
        await _rig.Load("eugp", CurveRig.Monday, []);
        await Sync();

        Assert.Equal([Branch, "main"], _server.Branches);
        var path = $"raw/vendor_curves/2026-03-09/{CurveRig.NameOf("eugp", CurveRig.Monday)}";
        Assert.Equal([path], _server.Objects(Branch).Keys);
        var note = Assert.Single(_server.Commits(Branch));
        Assert.Equal("pass", note["gate"]!.GetValue<string>());
        Assert.Equal(note["rows_total"]!.GetValue<string>(), note["rows_eugp"]!.GetValue<string>());
        Assert.NotEqual("0", note["rows_total"]!.GetValue<string>());
        Assert.Empty(await Sync());

        _rig.Merge(Branch);
        await Sync();

        Assert.Equal(["main"], _server.Branches);
        Assert.Equal([Release], _server.Tags);
        Assert.Equal([path], _server.Objects(Release).Keys);
        Assert.Empty(await Sync());
    }

    [Fact]
    public async Task A_dropped_branch_goes_and_nothing_of_it_is_on_main()
    {
        await _rig.Load("eugp", CurveRig.Monday, []);
        await Sync();
        _rig.Merges.Drop(Branch, "a test");

        await Sync();

        Assert.Equal(["main"], _server.Branches);
        Assert.Empty(_server.Objects("main"));
    }

    [Fact]
    public async Task Whatever_request_is_lost_the_next_look_brings_it_to_the_same_end()
    {
        await _rig.Load("eugp", CurveRig.Monday, []);
        _rig.Merge(Branch);
        for (var lost = 1; ; lost++)
        {
            var seen = 0;
            _server.Fault = _ => Interlocked.Increment(ref seen) == lost ? new FakeFault(403, IsAfter: lost % 2 == 0) : null;
            try
            {
                await Sync();
                break;
            }
            catch (LakeFsException)
            {
                // The next look goes on from there.
            }
        }

        _server.Fault = null;
        await Sync();
        Assert.Equal(["main"], _server.Branches);
        Assert.Equal([Release], _server.Tags);
        Assert.Single(_server.Objects(Release));
        Assert.Single(_server.Commits("main"));
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_of_and_caught_up_with_later()
    {
        await _rig.Load("eugp", CurveRig.Monday, []);
        _server.Fault = static _ => new FakeFault(503);
        var error = await Assert.ThrowsAsync<LakeFsException>(Sync);
        Assert.Equal(503, error.Status);

        _server.Fault = null;
        await Sync();

        Assert.Contains(Branch, _server.Branches);
    }

    [Fact]
    public async Task The_doctor_says_how_it_stands_without_printing_secrets()
    {
        var well = Assert.Single(await LakeFsCheck.Run(_server.Options, default));
        Assert.Equal(EngineState.Well, well.State);
        var wrong = Assert.Single(await LakeFsCheck.Run(_server.Options with { SecretKey = "not-the-secret" }, default));
        Assert.Contains("LakeFs:SecretKey", wrong.ToDo, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", wrong.ToString(), StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<string>> Sync() =>
        new LakeFsMirror(_client, _rig.Platform.Store.Branches, _rig.Platform.Store.Archive).Sync(_rig.Clock.Now, default);
}
