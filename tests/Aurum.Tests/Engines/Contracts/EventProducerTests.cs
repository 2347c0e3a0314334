using Aurum.Cluster.Contracts;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store.Rows;
using NodaTime;

namespace Aurum.Tests.Engines.Contracts;

public sealed class EventProducerTests
{
    [Fact]
    public void Every_contract_is_written_by_somebody_or_says_why_not()
    {
        Assert.All(EventContracts.All, contract => Assert.True(
            EventProducers.Of(contract).Any() != EventProducers.NotWritten.ContainsKey(contract.Name),
            $"{contract}: expected a producer or a reason, found both or neither"));
        Assert.All(EventProducers.NotWritten.Keys, name => Assert.NotNull(EventContracts.Find(name)));
    }

    [Fact]
    public void What_a_delivery_writes_is_what_its_producers_name()
    {
        using var world = new EventWorld();
        var feed = EventWorld.Of<LmpRow>("nyiso/day-ahead-lmp-zone");
        var day = new LocalDate(2025, 11, 2);
        using (var intake = world.Store.BeginDay(feed, feed.Day(day), EventWorld.Known))
        {
            var file = EventWorld.File(feed, day);
            intake.AddFile(file);
            var delivery = DeliveryInterval.StartingAt(feed.Day(day).Start, 60);
            intake.Append([new LmpRow(new Location("N.Y.C.", LocationType.Zone), delivery, 1, 1, 0, 0, double.NaN)]);
            intake.AddDeadLetter(new DeadLetter(file, "prices.csv:7", "a decimal in LMP", "n/a"));
            intake.AddGate(new GateRecord("iso_lmp", "PassWithQuarantine", 2, 1, "[]"));
            intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
        }

        var written = world.Events().Select(e => e.Topic).ToHashSet();

        var ofDeliveries = EventProducers.All.Where(p => p.When.Contains("Kafka:Deliveries", StringComparison.Ordinal)).ToList();
        Assert.All(written, topic => Assert.Single(ofDeliveries, p => p.Topics.Contains(topic)));
        Assert.All(ofDeliveries, producer => Assert.Contains(producer.Topics, written.Contains));
    }
}
