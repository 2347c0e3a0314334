using Aurum.App.Ticks.Served;
using Aurum.Tests.Store;
using Aurum.Tests.Store.Ticks;
using static Aurum.Tests.Store.Ticks.TickFrames;

namespace Aurum.Tests.Ticks.Served;

/// <summary>Names as a server has them whose store others fill.</summary>
public sealed class StoredBoardTests
{
    [Fact]
    public void An_instrument_is_one_object_however_many_come_after_it()
    {
        using var folder = TestFolder.InMemory();
        using var store = DuckDbStores.Open(folder.Path);
        var frames = new TickFrames().First();
        store.Ticks.Settle(frames.Settlement);
        var board = new StoredBoard(store.Ticks);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        for (var number = 3; number < 8; number++)
        {
            frames.Settlement.Clear();
            frames.Begin(accepted: 1).Settlement.Add(Names(number, Instrument(number, $"P{number}")));
            frames.Settlement.Add([Tick(number, number, 30)]);
            frames.Settlement.Add([Price(number, number, 30)]);
            store.Ticks.Settle(frames.Settlement);
            seen.UnionWith(board.Read("acme", [], 0, default).Select(static p => p.Instrument));
            Assert.Equal(number, seen.Count);
        }
    }

    [Fact]
    public void Names_of_a_tenant_are_all_that_the_tables_have_up_to_a_frame()
    {
        using var folder = TestFolder.InMemory();
        using var store = DuckDbStores.Open(folder.Path);
        var board = new StoredBoard(store.Ticks);
        Assert.Empty(board.Names("acme", 0));
        var frames = new TickFrames().First();
        store.Ticks.Settle(frames.Settlement);
        Assert.Equal(["NP15", "SP15"], board.Names("acme", 1));
        Assert.Equal(["NP15"], board.Names("other", 1));
        Assert.Empty(board.Names("nobody", 1));

        frames.Settlement.Clear();
        store.Ticks.Settle(frames.Begin().Settlement);
        frames.Settlement.Clear();
        frames.Begin().Settlement.Add(Names(3, Instrument(3, "ZP26")));
        store.Ticks.Settle(frames.Settlement);
        Assert.Equal(["NP15", "SP15", "ZP26"], board.Names("acme", 3));
    }
}
