using Aurum.Store.Lake;
using Aurum.Store.Lake.Storage;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store.Lake;

namespace Aurum.Tests.Engines.Iceberg;

/// <summary>The lake's tables with a REST catalog as their keeper, and what becomes of commits whose answers are lost.</summary>
public sealed class RestLakeTableTests : LakeTableSuite
{
    private readonly RestLakes _lakes;

    public RestLakeTableTests()
        : this(new RestLakes(new FakeCatalog { GivesIdsAnew = false }))
    {
    }

    private RestLakeTableTests(RestLakes lakes)
        : base(lakes.World()) => _lakes = lakes;

    public override void Dispose()
    {
        base.Dispose();
        _lakes.Dispose();
    }

    [Fact]
    public void A_commit_whose_answer_is_lost_is_in_the_table_once()
    {
        var table = World.NewPrices();
        int[] lost = [500, 502, 503, 504];
        var snapshots = new List<long>();
        foreach (var status in lost)
        {
            Once(static r => IsCommit(r), new FakeFault(status, IsAfter: true));
            snapshots.Add(table.Append(LakeWorld.Rows(new PriceRow(0, "A", status, 1))).Id);
        }

        Assert.Equal(lost, LakeWorld.Read(table).Select(static r => r.Hour));
        Assert.Equal(snapshots, table.Metadata.Snapshots.Select(static s => s.Id));
        Assert.Equal(lost.Length, _lakes.Catalog.Requests.Count(IsCommit));
    }

    [Fact]
    public void A_commit_that_was_not_done_is_looked_for_and_sent_again()
    {
        var table = World.NewPrices();
        int[] refused = [429, 500, 503];
        foreach (var status in refused)
        {
            Once(static r => IsCommit(r), new FakeFault(status));
            table.Append(LakeWorld.Rows(new PriceRow(0, "A", status, 1)));
        }

        Assert.Equal(refused, LakeWorld.Read(table).Select(static r => r.Hour));
        Assert.Equal(refused.Length * 2, _lakes.Catalog.Requests.Count(IsCommit));
    }

    [Fact]
    public void A_commit_of_which_nothing_can_be_learnt_leaves_its_files_and_says_so()
    {
        var table = World.NewPrices();
        var isAway = false;
        _lakes.Catalog.Fault = r => (isAway |= IsCommit(r)) ? new FakeFault(503, IsAfter: IsCommit(r)) : null;

        var error = Assert.Throws<LakeException>(() => table.Append(LakeWorld.Rows(new PriceRow(0, "A", 1, 1))));

        Assert.Contains("whether the commit is in the table is not known", error.Message, StringComparison.Ordinal);
        _lakes.Catalog.Fault = null;
        Assert.Single(LakeWorld.Read(table));
    }

    [Fact]
    public void A_commit_that_the_catalog_does_late_keeps_its_files_although_a_further_one_was_refused_because_of_it()
    {
        var table = World.NewPrices();
        FakeRequest? held = null;
        var (commits, looks, late) = (0, 0, 0);
        _lakes.Catalog.Fault = r =>
        {
            if (IsCommit(r) && ++commits <= 2)
            {
                held ??= r;
                return new FakeFault(commits == 1 ? 504 : 409);
            }

            // The look after the conflict still finds the table as it was; whatever comes then finds the first commit done.
            if (commits >= 2 && ++looks == 2)
            {
                late = _lakes.Catalog.DoLate(held!);
            }

            return null;
        };

        table.Append(LakeWorld.Rows(new PriceRow(0, "A", 1, 1)));

        Assert.Equal(200, late);
        Assert.Single(LakeWorld.Read(table));
        Assert.Single(table.Metadata.Snapshots);
    }

    [Fact]
    public void A_commit_that_stays_under_way_leaves_its_files_and_says_so()
    {
        var table = World.NewPrices();
        FakeRequest? held = null;
        _lakes.Catalog.Fault = r =>
        {
            if (!IsCommit(r))
            {
                return null;
            }

            var isFirst = held is null;
            held ??= r;
            return new FakeFault(isFirst ? 504 : 409);
        };

        var error = Assert.Throws<LakeException>(() => table.Append(LakeWorld.Rows(new PriceRow(0, "A", 1, 1))));

        Assert.Contains("whether the commit is in the table is not known; its files stay", error.Message, StringComparison.Ordinal);
        _lakes.Catalog.Fault = null;
        Assert.Equal(200, _lakes.Catalog.DoLate(held!));
        Assert.Single(LakeWorld.Read(table));
    }

    [Fact]
    public void A_conflict_is_made_anew_on_top_of_the_other_commit()
    {
        var table = World.NewPrices();
        using var other = _lakes.World(2, World.Folder);
        var isFirst = true;
        _lakes.Catalog.Fault = r =>
        {
            if (IsCommit(r) && isFirst)
            {
                isFirst = false;
                other.Catalog.Table(LakeWorld.Prices).Append(LakeWorld.Rows(new PriceRow(1, "B", 1, 1)));
            }

            return null;
        };

        table.Append(LakeWorld.Rows(new PriceRow(0, "A", 1, 1)));

        Assert.Equal(["A", "B"], LakeWorld.Read(table).Select(static r => r.Place));
        Assert.Equal(2, table.Metadata.Snapshots.Count);
    }

    [Fact]
    public void A_token_that_has_ended_is_asked_for_anew()
    {
        var table = World.NewPrices();
        _lakes.Catalog.EndTokens();

        table.Append(LakeWorld.Rows(new PriceRow(0, "A", 1, 1)));

        Assert.Single(LakeWorld.Read(table));
        Assert.Equal(2, _lakes.Catalog.Requests.Count(static r => r.Path.EndsWith("/oauth/tokens", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_table_whose_creation_was_not_acknowledged_is_there_once()
    {
        Once(static r => r.Method == "POST" && r.Path.EndsWith("/tables", StringComparison.Ordinal), new FakeFault(500, IsAfter: true));

        var table = World.NewPrices();

        Assert.Null(table.Metadata.Current);
        Assert.Throws<LakeConflictException>(() => World.NewPrices());
    }

    [Fact]
    public void Random_operations_read_as_the_model_says() => LakeModelTests.Check(World, 4, steps: 10);

    private void Once(Func<FakeRequest, bool> which, FakeFault fault)
    {
        var left = 1;
        _lakes.Catalog.Fault = r => which(r) && Interlocked.Decrement(ref left) == 0 ? fault : null;
    }

    private static bool IsCommit(FakeRequest request) =>
        request.Method == "POST" && request.Path.EndsWith("/tables/prices", StringComparison.Ordinal);
}

/// <summary>Commits through a REST catalog, of several writers and of some that die.</summary>
public sealed class RestLakeCommitTests : LakeCommitSuite
{
    private readonly RestLakes _lakes;

    public RestLakeCommitTests()
        : this(new RestLakes())
    {
    }

    private RestLakeCommitTests(RestLakes lakes)
        : base(lakes.World(), (seed, world) => lakes.World(seed, world.Folder)) => _lakes = lakes;

    public override void Dispose()
    {
        base.Dispose();
        _lakes.Dispose();
    }

    private protected override LakeHome Home(LakeWorld world, ILakeStorage storage) =>
        new(storage, world.Warehouse.Open(LakeWorld.Prices).Commits);
}
