using Aurum.Market.Ticks;
using Aurum.Store;
using Aurum.Store.Ticks;
using static Aurum.Tests.Store.Ticks.TickFrames;
using static Aurum.Tests.Store.Ticks.TickTablesTests;

namespace Aurum.Tests.Store.Ticks;

public abstract class TickLanesTests : IDisposable
{
    private static readonly LaneId Lane = new("group", "topic", 3);

    private readonly LaneRows _rows = new();

    public virtual void Dispose()
    {
        _rows.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test; again after it was closed.</summary>
    protected abstract AurumStore Open();

    [Fact]
    public void Rows_position_and_state_are_stored_together_and_found_by_the_next_holder()
    {
        using (var store = Open())
        {
            var claim = store.TickLanes.Claim(Lane, "one", Start);
            Assert.Equal((1, null, null), (claim.Record.Epoch, claim.Record.Next, claim.Record.StateAt));
            Assert.Empty(claim.State);
            store.TickLanes.Commit(Commit(1, 0, 42) with { State = new byte[] { 7, 8 }, WatermarkMicros = Micros(60) });
        }

        using (var store = Open())
        {
            var claim = store.TickLanes.Claim(Lane, "two", KnownAt(9));
            Assert.Equal([7, 8], claim.State);
            Assert.Equal(
                new LaneRecord(Lane, 2, "two", 1, 42, 42, Start.Plus(NodaTime.Duration.FromMinutes(1)), Two, KnownAt(9), KnownAt(1)),
                claim.Record);
            Assert.Equal(claim.Record, Assert.Single(store.TickLanes.All()));
            Assert.Equal(["2"], Read(store, "SELECT count(*) FROM ticks"));
        }
    }

    [Fact]
    public void A_holder_that_lost_its_lane_can_store_nothing()
    {
        using var store = Open();
        var first = store.TickLanes.Claim(Lane, "one", Start).Record;
        var second = store.TickLanes.Claim(Lane, "two", KnownAt(1)).Record;
        var lost = Assert.Throws<LaneLostException>(() => store.TickLanes.Commit(Commit(first.Epoch, 0, 10) with { State = new byte[1] }));
        Assert.Equal("topic[3] of group: expected to hold it in epoch 1 after 0 commits, found two in epoch 2 after 0", lost.Message);
        Assert.Equal(["0"], Read(store, "SELECT count(*) FROM ticks"));
        Assert.Equal(["0"], Read(store, "SELECT count(*) FROM tick_lane_states"));
        store.TickLanes.Commit(Commit(second.Epoch, 0, 10));
        Assert.Equal(["2"], Read(store, "SELECT count(*) FROM ticks"));
    }

    [Fact]
    public void A_commit_whose_answer_was_lost_is_stored_once()
    {
        using var store = Open();
        var commit = Commit(store.TickLanes.Claim(Lane, "one", Start).Record.Epoch, 0, 10);
        store.TickLanes.Commit(commit);
        store.TickLanes.Commit(commit);
        Assert.Equal(["2"], Read(store, "SELECT count(*) FROM ticks"));
        Assert.Equal(new TickProgress(1, Two, KnownAt(1)), store.Ticks.Progress);
    }

    [Fact]
    public void Lanes_that_number_their_names_themselves_share_those_of_the_store()
    {
        using var store = Open();
        store.TickLanes.Claim(Lane, "one", Start);
        store.TickLanes.Commit(Commit(1, 0, 10));
        var other = Lane with { Number = 4 };
        store.TickLanes.Claim(other, "one", Start);
        store.TickLanes.Commit(Commit(1, 0, 5, names: Names("SP15", "NP15")) with { Lane = other });
        Assert.Equal(
            ["NP15|1|30", "NP15|2|31", "SP15|1|31", "SP15|2|30"],
            Read(store, "SELECT instrument_id, frame, price FROM ticks ORDER BY instrument_id, frame"));
        Assert.Equal(
            ["0|NP15", "1|SP15"], Read(store, "SELECT number, instrument_id FROM tick_instrument_rows ORDER BY number"));
        Assert.Equal(["NP15|31", "SP15|30"], Read(store, "SELECT instrument_id, price FROM latest_prices ORDER BY 1"));
    }

    [Fact]
    public void Counts_that_do_not_add_up_store_nothing_and_leave_no_numbers_behind()
    {
        using var store = Open();
        store.TickLanes.Claim(Lane, "one", Start);
        var commit = Commit(1, 0, 10);
        Assert.Throws<StoreException>(() => store.TickLanes.Commit(commit with { Brought = new TickCounters(5, 5, 0, 0, 0) }));
        Assert.Equal(["0"], Read(store, "SELECT count(*) FROM tick_instrument_rows"));
        store.TickLanes.Commit(commit);
        Assert.Equal(["2"], Read(store, "SELECT count(*) FROM tick_instrument_rows"));
        Assert.Equal(["2"], Read(store, "SELECT count(*) FROM ticks"));
    }

    private static TickCounters Two => new(2, 2, 0, 0, 0);

    private static LaneNames Names(params string[] instruments)
    {
        var names = new LaneNames();
        names.Add(new TickNames(
            new NameRange<string>(0, ["acme"]),
            new NameRange<string>(0, ["caiso-oasis"]),
            new NameRange<TickInstrument>(0, [.. instruments.Select(static (name, i) => Instrument(i, name))]),
            new NameRange<Taxonomy>(0, [Taxonomy.None, new Taxonomy("electricity", "west", "standard", 0.9, "rules")]),
            new NameRange<TickCurve>(0, [])));
        return names;
    }

    /// <summary>A tick of each of two instruments: 30 of the first, 31 of the second.</summary>
    private LaneCommit Commit(long epoch, long commits, long next, LaneNames? names = null)
    {
        _rows.Clear();
        _rows.Add([Tick(0, 10, 30), Tick(1, 11, 31)]);
        _rows.Add([Price(0, 10, 30), Price(1, 11, 31)]);
        return new LaneCommit(Lane, epoch, commits, next, KnownAt(1), Two, _rows, names ?? Names("NP15", "SP15")) { Brought = Two };
    }
}
