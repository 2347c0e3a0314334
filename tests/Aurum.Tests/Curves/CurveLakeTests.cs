using Aurum.App.Curves;
using Aurum.App.Lake;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Projection;
using Aurum.Store.Lake.Reading;
using Aurum.Tests.Store.Lake.Interop;

namespace Aurum.Tests.Curves;

/// <summary>Loads, merges and corrections of curves are in the lake: on their branches, on main with a tag, and as history.</summary>
public sealed class CurveLakeTests : IDisposable
{
    private static readonly LakeName Landing = new("raw", "curve_landing");
    private static readonly LakeName Observation = new("market", "curve_observation");

    private readonly CurveRig _rig = new();
    private readonly LakeCatalog _lake;
    private readonly LakeFollower _follower;

    public CurveLakeTests()
    {
        _lake = LakeFolder.Open(_rig.Platform.Options, _rig.Platform.Time);
        _follower = LakeFolder.Follow(_rig.Platform.Store, _lake, _rig.Platform.Options.Lake);
    }

    public void Dispose()
    {
        _lake.Dispose();
        _rig.Dispose();
    }

    [Fact]
    public async Task A_load_lies_on_its_branch_until_it_is_merged_and_tagged()
    {
        var load = await _rig.Load("eugp", CurveRig.Monday, []);
        _follower.Sync();

        var table = _lake.Table(Landing);
        Assert.Equal(0, Count(table, new LakeRead()));
        Assert.Equal(load.Rows, Count(table, new LakeRead { Ref = load.Branch }));
        Assert.DoesNotContain(_lake.Tables(), t => t.Name == Observation);

        Assert.Contains(new LakeCheck(Landing, load.Rows, load.Rows, 0, 0), _follower.Verify());

        var merge = _rig.Merge(load.Branch);
        _follower.Sync();

        Assert.Contains(new LakeCheck(Landing, load.Rows, load.Rows, 0, 0), _follower.Verify());
        Assert.Equal(load.Rows, Count(table, new LakeRead()));
        Assert.Equal(load.Rows, Count(table, new LakeRead { Ref = merge.Tag! }));
        Assert.Equal([merge.Tag!, "main"], table.Metadata.Refs.Keys.OrderDescending(StringComparer.Ordinal));
        Assert.All(_follower.Verify(), check => Assert.True(check.IsSame, check.ToString()));
        Assert.Equal(new LakeSync(0, 0), _follower.Sync());
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_branch_beside_merged_ones_is_compared_on_its_own_and_a_dropped_one_is_not()
    {
        var monday = await _rig.Load("pw", CurveRig.Monday, []);
        _rig.Merge(monday.Branch);
        var tuesday = await _rig.Load("pw", CurveRig.Monday.PlusDays(1), []);
        var again = await _rig.Load("pw", CurveRig.Monday, ["open-side"]);
        _follower.Sync();
        Assert.Equal(monday.Branch, again.Branch);
        Assert.Contains(new LakeCheck(Landing, monday.Rows + tuesday.Rows, monday.Rows + tuesday.Rows, 0, 0), _follower.Verify());

        _rig.Merges.Drop(tuesday.Branch, "a test");
        _rig.Merge(again.Branch);
        _follower.Sync();
        Assert.Contains(new LakeCheck(Landing, monday.Rows, monday.Rows, 0, 0), _follower.Verify());
    }

    [Fact]
    public async Task A_correction_takes_the_place_of_its_quotes_and_the_earlier_ones_are_a_snapshot_away()
    {
        var load = await _rig.Load("eugp", CurveRig.Monday, []);
        _rig.Merge(load.Branch);
        _follower.Sync();
        var table = _lake.Table(Observation);
        var before = table.Metadata.Current!;
        var folder = Path.Combine(LakeFolder.Of(_rig.DataDirectory), "market", "curve_observation");

        var again = await _rig.Load(
            CurveRig.NameOf("eugp", CurveRig.Monday), Aurum.Sandbox.Workbooks.VendorWorkbooks.Make("eugp", CurveRig.Monday, 8, []).Bytes,
            new LoadOptions { Branch = "hotfix_eugp" });
        _rig.Merge(again.Branch);
        _follower.Sync();

        Assert.All(_follower.Verify(), check => Assert.True(check.IsSame, check.ToString()));
        Assert.NotEqual(before.Id, table.Metadata.Current!.Id);
        var rows = await NodeScript.Icebird(folder, (null, null), (null, before.Id));
        Assert.Equal(table.Metadata.Current!.Rows, rows[0].Count);
        Assert.Equal(before.Rows, rows[1].Count);
        Assert.Contains(rows[0], r => r.GetProperty("revision").GetInt32() == 2);
        Assert.All(rows[1], r => Assert.Equal(1, r.GetProperty("revision").GetInt32()));
    }

    [Fact]
    public async Task A_workbook_that_cannot_be_read_is_a_dead_letter_of_the_lake()
    {
        await _rig.Load(CurveRig.NameOf("eugp", CurveRig.Monday), [1, 2, 3]);
        _follower.Sync();

        var rows = await NodeScript.Icebird(
            Path.Combine(LakeFolder.Of(_rig.DataDirectory), "market", "curve_dead_letter"), (null, null));
        var letter = Assert.Single(rows[0]);
        Assert.Equal("eugp/eod-curves-landing", letter.GetProperty("source").GetString());
        Assert.Contains("expected", letter.GetProperty("error_message").GetString(), StringComparison.Ordinal);
        Assert.Equal(CurveRig.NameOf("eugp", CurveRig.Monday), letter.GetProperty("context").GetProperty("file").GetString());
        Assert.All(_follower.Verify(), check => Assert.True(check.IsSame, check.ToString()));
    }

    private static int Count(LakeTable table, LakeRead read)
    {
        using var rows = table.Read(read);
        var count = 0;
        while (rows.NextChunk())
        {
            count += rows.Count;
        }

        return count;
    }
}
