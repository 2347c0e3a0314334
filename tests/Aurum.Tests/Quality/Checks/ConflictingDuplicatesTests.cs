using Aurum.Market.Power;

namespace Aurum.Tests.Quality.Checks;

public sealed class ConflictingDuplicatesTests
{
    private const string NoConflicts = "- { type: expect_no_conflicting_duplicates, severity: row }";

    [Fact]
    public void The_same_row_again_is_no_conflict() =>
        Assert.Empty(Trial.Of(NoConflicts, [Trial.Price(1), Trial.Price(1), Trial.Price(1, hour: 1)]).Failed);

    [Fact]
    public void The_same_key_with_another_price_is_one()
    {
        var trial = Trial.Of(NoConflicts, [Trial.Price(1), Trial.Price(2), Trial.Price(1), Trial.Price(2, node: "B")]);
        Assert.Equal([1], trial.Failed);
        Assert.Equal(["an earlier row has the same key and other values"], trial.Reasons);
    }

    [Fact]
    public void A_part_that_becomes_known_is_another_value()
    {
        var start = Trial.Day(2025, 7, 1).Start;
        Assert.Equal([1], Trial.Of(NoConflicts, [Trial.Row("A", start, 60, 1), Trial.Row("A", start, 60, 1, energy: 0)]).Failed);
    }

    [Fact]
    public void Two_kinds_of_place_of_one_name_are_two_places()
    {
        var delivery = Trial.Price(1).Delivery;
        LmpRow[] rows =
        [
            new(new Location("LZ_WEST", LocationType.Zone), delivery, 1, 0, 0, 0, 0),
            new(new Location("LZ_WEST", LocationType.Hub), delivery, 2, 0, 0, 0, 0),
        ];
        Assert.Empty(Trial.Of(NoConflicts, rows).Failed);
    }

    [Fact]
    public void Rows_beside_the_raster_are_compared_too() => Assert.Equal(
        [1],
        Trial.Of(NoConflicts, [Trial.Price(1), Trial.Price(2)], feed: Trial.LmpFeed(minutes: null)).Failed);

    [Fact]
    public void Every_conflict_and_no_other_row_is_found_among_many()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 20_000)
            .Select(_ => Trial.Price(random.Next(0, 3), random.Next(0, 30), $"N{random.Next(0, 90)}")).ToList();
        var first = new Dictionary<(string, long), double>();
        var expected = new List<int>();
        for (var i = 0; i < rows.Count; i++)
        {
            var key = (rows[i].Location.Id, rows[i].Delivery.StartUnixSeconds);
            if (!first.TryAdd(key, rows[i].LmpUsdPerMwh) && first[key] != rows[i].LmpUsdPerMwh)
            {
                expected.Add(i);
            }
        }

        Assert.Equal(expected, Trial.Of(NoConflicts, rows).Failed);
    }
}
