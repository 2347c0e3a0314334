using Aurum.Sources;

namespace Aurum.Cluster.Contracts;

/// <summary>Something that writes events.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="When">When it writes.</param>
/// <param name="Topics">Where to.</param>
public sealed record EventProducer(string Name, string When, IReadOnlyList<EventTopic> Topics);

/// <summary>Who writes the events of each contract, and why nobody writes the others.</summary>
public static class EventProducers
{
    private const string Deliveries = "with each delivery (`Kafka:Deliveries`)";

    public static IReadOnlyList<EventProducer> All { get; } =
    [
        new("rows of feeds", Deliveries, RowTopics()),
        new("files and rows that were refused", Deliveries, [.. LetterEvents.Topics, RefusalEvents.Topic]),
        new("deliveries", Deliveries, [EventTopics.Find(EventTopics.DeliveryTopic)]),
        new("places that appear, change or retire", Deliveries, PlaceEvents.Topics),
        new("the quality gate", Deliveries, [EventTopics.Find(EventTopics.QualityTopic)]),
        new("alerts", Deliveries, [EventTopics.Find(EventTopics.AlertTopic)]),
        new("real-time prices", "once they are in the tables (`Kafka:Ticks`, off by default)", TickEvents.Topics),
        new(
            "jobs that OpenLineage tells of",
            "with each delivery, and when another job begins or ends (`Lineage:Contract`, off by default)",
            [LineageEvents.Topic]),
        new("runs of scenarios", "when a run is asked for over Kafka, and when it has ended", ScenarioEvents.Topics),
    ];

    /// <summary>Contracts that nobody writes, by name, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> NotWritten { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["aurum.drought.index.v1"] = NoDrought,
        ["aurum.drought.usdm_area.v1"] = NoDrought,
        ["aurum.drought.vector_event.v1"] = NoDrought,
    };

    private const string NoDrought = "no feed of the catalog brings indices, areas or outlines of drought: their publishers put out "
        + "rasters and shapes, which nothing here reads";

    /// <summary>Who writes a contract; none: see <see cref="NotWritten"/>.</summary>
    public static IEnumerable<EventProducer> Of(EventContract contract) => All.Where(p => p.Topics.Any(t => t.Contract == contract));

    private static List<EventTopic> RowTopics() =>
    [
        .. FeedCatalog.All
            .SelectMany(static f => RowContracts.All.Where(c => c.IsOf(f.TableName, f.Id)).Select(c => c.Topic(f.Id)))
            .Append(EventTopics.CurveTopic)
            .Distinct().Order(StringComparer.Ordinal).Select(EventTopics.Find),
    ];
}
