using Aurum.Market.Time;

namespace Aurum.Tests.Market.Time;

/// <summary>What holds for every way of labelling time, on every day from 2000 to 2040 on which a market's clock
/// changes.</summary>
public sealed class ConventionTests
{
    public static TheoryData<string> Names => new(Convention.All.Select(convention => convention.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_label_leads_back_to_its_interval(string name)
    {
        var convention = Named(name);
        foreach (var day in ZoneChanges.Days)
        {
            var intervals = ZoneChanges.Tile(day, convention.Minutes);
            var labels = intervals.Select(interval => convention.Label(interval, day.Zone)).ToList();
            Assert.Equal(labels.Count, labels.Distinct().Count());
            Assert.Equal(intervals, labels.Select(label => convention.Interval(label, day.Zone)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_labels_of_a_day_tile_it_and_all_others_fail_by_name(string name)
    {
        var convention = Named(name);
        foreach (var day in ZoneChanges.Days)
        {
            var intervals = new List<DeliveryInterval>();
            foreach (var label in convention.Writeable(day.Date, day.Zone))
            {
                try
                {
                    intervals.Add(convention.Interval(label, day.Zone));
                }
                catch (TimeLabelException failure)
                {
                    Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2} .*[0-9]", failure.Label);
                    Assert.Equal($"{failure.Label} does not exist in {failure.ZoneId}: {failure.Reason}", failure.Message);
                }
            }

            Assert.Equal(ZoneChanges.Tile(day, convention.Minutes), intervals.Order());
        }
    }

    [Fact]
    public void Both_kinds_of_change_are_among_the_days()
    {
        var hours = ZoneChanges.Days.GroupBy(day => day.Hours).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal([23, 24, 25], hours.Keys.Order());
        Assert.True(hours[23] >= 3 * 41 && hours[25] >= 3 * 41, $"{hours[23]} short days and {hours[25]} long ones");
    }

    private static Convention Named(string name) => Convention.All.Single(convention => convention.Name == name);
}
