using Aurum.Store.Lake;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Reading;
using Aurum.Store.Lake.Writing;

namespace Aurum.Tests.Store.Lake;

/// <summary>Whatever is done to a table, in whatever order, each branch, tag and snapshot holds the rows that a dictionary would.</summary>
public sealed class LakeModelTests
{
    private const string Main = TableMetadata.MainBranch;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_appends_overwrites_deletes_and_branches_read_as_the_model_says(int seed)
    {
        using var world = new LakeWorld(seed);
        Check(world, seed);
    }

    /// <summary>Random operations on a new table of a world.</summary>
    /// <param name="world">World.</param>
    /// <param name="seed">Seed of the operations.</param>
    /// <param name="steps">How many.</param>
    internal static void Check(LakeWorld world, int seed, int steps = 30)
    {
        var run = new Run(world.NewPrices(), new Random(seed));
        for (var step = 0; step < steps; step++)
        {
            run.Step();
        }

        run.CheckAll();
        run.CheckHistory();
    }

    private sealed class Run(LakeTable table, Random random)
    {
        private readonly Dictionary<string, Dictionary<(int, string, int), PriceRow>> _branches = new() { [Main] = [] };
        private readonly Dictionary<long, List<PriceRow>> _history = [];
        private int _names;

        public void Step()
        {
            var branch = _branches.Keys.ElementAt(random.Next(_branches.Count));
            var model = _branches[branch];
            var write = new LakeWrite { Branch = branch };
            switch (random.Next(9))
            {
                case 0 or 1:
                    var added = Rows(random.Next(1, 9)).Where(r => !model.ContainsKey(Key(r))).ToList();
                    if (added.Count > 0)
                    {
                        Did(branch, table.Append(LakeWorld.Rows(added), write), added, []);
                    }

                    break;
                case 2 or 3:
                    var changed = Rows(random.Next(1, 9));
                    Did(branch, table.Upsert(LakeWorld.Rows(changed), null, write), changed, []);
                    break;
                case 4:
                    var gone = Rows(random.Next(1, 20));
                    Did(branch, table.DeleteKeys(LakeWorld.Rows(gone), write), [], [.. gone.Select(Key)]);
                    break;
                case 5:
                    var whole = Rows(random.Next(1, 6));
                    var days = whole.Select(r => r.Day).ToHashSet();
                    var replaced = model.Keys.Where(k => days.Contains(k.Item1)).ToList();
                    Did(branch, table.ReplacePartitions(LakeWorld.Rows(whole), write), whole, replaced);
                    break;
                case 6 when table.Metadata.Current is not null && _branches.Count < 4:
                    NewBranch(branch);
                    break;
                case 7:
                    table.Compact(CompactionOptions.Everything, branch);
                    break;
                default:
                    Merge(branch);
                    break;
            }

            Check(branch);
        }

        public void CheckAll() => Assert.All(_branches.Keys, Check);

        public void CheckHistory() => Assert.All(
            _history, h => Assert.Equal(h.Value, LakeWorld.Read(table, new LakeRead { SnapshotId = h.Key })));

        private static (int, string, int) Key(PriceRow row) => (row.Day, row.Place, row.Hour);

        private void NewBranch(string from)
        {
            var name = $"eod_{++_names}";
            if (table.Metadata.Head(from) is { } head)
            {
                table.SetRef(name, new SnapshotRef(head.Id, IsTag: false));
                _branches[name] = new(_branches[from]);
            }
        }

        /// <summary>Only where it is a plain move: what two branches did both ways is not theirs to decide.</summary>
        private void Merge(string branch)
        {
            var metadata = table.Metadata;
            if (branch == Main || !metadata.Ancestors(metadata.Head(branch)).Any(s => s.Id == metadata.Current!.Id))
            {
                return;
            }

            table.Merge(branch, tag: $"release/{++_names}");
            _branches[Main] = new(_branches[branch]);
            table.DropRef(branch);
            _branches.Remove(branch);
            Check(Main);
        }

        private void Did(string branch, Snapshot snapshot, IReadOnlyList<PriceRow> added, IReadOnlyList<(int, string, int)> removed)
        {
            var model = _branches[branch];
            foreach (var key in removed)
            {
                model.Remove(key);
            }

            foreach (var row in added)
            {
                model[Key(row)] = row;
            }

            _history[snapshot.Id] = Sorted(model);
            Assert.Equal(model.Count, snapshot.Rows);
        }

        private void Check(string branch)
        {
            if (_branches.TryGetValue(branch, out var model) && table.Metadata.Refs.ContainsKey(branch))
            {
                Assert.Equal(Sorted(model), LakeWorld.Read(table, new LakeRead { Ref = branch }));
            }
        }

        private static List<PriceRow> Sorted(Dictionary<(int, string, int), PriceRow> model) =>
            [.. model.Values.OrderBy(r => (r.Day, r.Place, r.Hour))];

        private List<PriceRow> Rows(int count) =>
        [
            .. Enumerable.Range(0, count)
                .Select(_ => new PriceRow(random.Next(3), $"NODE_{random.Next(4)}", random.Next(4), random.Next(1000) / 8.0))
                .DistinctBy(Key),
        ];
    }
}
