using System.Globalization;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Tests.Store;

/// <summary>Random deliveries against a model in memory that keeps every revision in lists.</summary>
public abstract class ModelConformance : StoreConformance
{
    private static readonly double[] Values = [0, 1, -2.5, double.NaN];

    private readonly Dictionary<(string Node, int Hour), List<(Instant KnownAt, double Lmp)>> _model = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_sequence_of_deliveries_leaves_what_the_model_says(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 25; step++)
        {
            var rows = Enumerable.Range(0, random.Next(1, 40))
                .Select(_ => Price(random.Next(6), Values[random.Next(Values.Length)], $"N{random.Next(4)}"))
                .ToArray();
            var expected = Apply(rows, At(step));
            var receipt = Deliver(rows, At(step));

            Assert.Equal(expected, (receipt.New, receipt.Changed, receipt.Identical, receipt.Duplicate, receipt.Quarantined));
            if (random.Next(8) == 0)
            {
                Reopen();
            }
        }

        for (var step = 0; step < 25; step += 4)
        {
            Assert.Equal(Expected(At(step)), Lines(Prices with { AsOf = At(step) }).Order(StringComparer.Ordinal));
        }

        Assert.Equal(Expected(At(1000)), Lines(Prices).Order(StringComparer.Ordinal));
        Assert.Equal(_model.Values.Sum(r => r.Count), Store.Read.RowCounts()["iso_lmp"]);
    }

    private (long New, long Changed, long Identical, long Duplicate, long Quarantined) Apply(LmpRow[] rows, Instant knownAt)
    {
        var (created, changed, identical, duplicate, quarantined) = (0L, 0L, 0L, 0L, 0L);
        Dictionary<(string, int), double> delivered = [];
        foreach (var row in rows)
        {
            var key = (row.Location.Id, (int)(row.Delivery.Start - StoreFeeds.Prices.Day(Day).Start).TotalHours);
            if (delivered.TryGetValue(key, out var first))
            {
                _ = first.Equals(row.LmpUsdPerMwh) ? duplicate++ : quarantined++;
                continue;
            }

            delivered[key] = row.LmpUsdPerMwh;
            var revisions = _model.TryGetValue(key, out var known) ? known : _model[key] = [];
            if (revisions.Count > 0 && revisions[^1].Lmp.Equals(row.LmpUsdPerMwh))
            {
                identical++;
                continue;
            }

            _ = revisions.Count == 0 ? created++ : changed++;
            revisions.Add((knownAt, row.LmpUsdPerMwh));
        }

        return (created, changed, identical, duplicate, quarantined);
    }

    private List<string> Expected(Instant asOf)
    {
        List<string> lines = [];
        foreach (var ((node, hour), revisions) in _model)
        {
            var revision = revisions.FindLastIndex(r => r.KnownAt <= asOf);
            if (revision >= 0)
            {
                var lmp = revisions[revision].Lmp;
                var text = double.IsNaN(lmp) ? "-" : lmp.ToString(CultureInfo.InvariantCulture);
                lines.Add($"{hour} {node} {text} {revision + 1}");
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
