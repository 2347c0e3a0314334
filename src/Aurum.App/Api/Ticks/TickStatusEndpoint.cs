using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Ticks;
using Aurum.Store.Ticks;
using NodaTime;

namespace Aurum.App.Api.Ticks;

/// <summary><c>GET /v1/ticks/status</c>: how the tick service is.</summary>
internal static class TickStatusEndpoint
{
    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/ticks/status", Get).WithTags(TickParameters.Tag)
        .Describe("TickStatus", "The tick service",
            "Messages by what became of them, throughput, lag, queue, and how far journal and tables are.");

    private static Answer<TickStatusShape> Get(HttpRequest request, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        _ = new QueryReader(request.Query, []);
        var status = TickParameters.Status(services);
        return new Answer<TickStatusShape>(
            TickStatusShape.Of(status, services.Now), 1, services.Time.GetElapsedTime(started).TotalMilliseconds);
    }
}

/// <summary>How the tick service is.</summary>
/// <param name="State">Running, Waiting (nothing can be taken in now), Failed or Closed.</param>
/// <param name="Reason">Why it does not run; empty where it does.</param>
/// <param name="Received">Messages since the data directory was made: the sum of the next four.</param>
/// <param name="Accepted">Ticks whose minute was open.</param>
/// <param name="Duplicate">Messages whose event id was taken in before.</param>
/// <param name="LateAmended">Ticks that revised closed bars.</param>
/// <param name="DeadLettered">Messages that are kept aside with a reason.</param>
/// <param name="DeadLetterReasons">Dead letters since the service was opened, by reason.</param>
/// <param name="MessagesPerSecond">Acknowledged messages a second, mean of the last ten seconds.</param>
/// <param name="QueueBytes">Bytes that wait to be read.</param>
/// <param name="QueueLimitBytes">Bytes that may wait; then senders wait.</param>
/// <param name="Frame">Last frame on disk.</param>
/// <param name="SettledFrame">Last frame whose ticks and bars are in the tables.</param>
/// <param name="JournalBytes">Bytes of the journal.</param>
/// <param name="Watermark">Event time before which bars are closed; null before the first tick.</param>
/// <param name="NewestEvent">The newest event time; null before the first tick.</param>
/// <param name="EventLagSeconds">Now less the newest event time.</param>
/// <param name="IngestLagSeconds">From a connector's taking a tick in to its being on disk, of the newest frame.</param>
/// <param name="Instruments">Instruments of all tenants.</param>
/// <param name="KnownInstruments">Instruments that the instrument book knows.</param>
/// <param name="InstrumentsFault">What is wrong with the file of the instrument book, while the book before it stays; empty where nothing
/// is.</param>
/// <param name="Subscribers">Those who follow the events now.</param>
/// <param name="Lanes">Partitions of Kafka whose workers fill this store; empty where the server takes messages in itself.</param>
/// <param name="NowUtc">Now, on the server's clock.</param>
internal sealed record TickStatusShape(
    TickServiceState State, string Reason, long Received, long Accepted, long Duplicate, long LateAmended, long DeadLettered,
    IReadOnlyDictionary<string, long> DeadLetterReasons, double MessagesPerSecond, long QueueBytes, long QueueLimitBytes, long Frame,
    long SettledFrame, long JournalBytes, Instant? Watermark, Instant? NewestEvent, double? EventLagSeconds, double? IngestLagSeconds,
    int Instruments, int KnownInstruments, string InstrumentsFault, int Subscribers, IReadOnlyList<TickLaneShape> Lanes, Instant NowUtc)
{
    public static TickStatusShape Of(TickStatus status, Instant now) => new(
        status.State, status.Reason, status.Counters.Received, status.Counters.Accepted, status.Counters.Duplicate,
        status.Counters.LateAmended, status.Counters.DeadLettered, status.Letters.ToDictionary(l => l.Key.ToString(), l => l.Value),
        Math.Round(status.MessagesPerSecond, 1), status.QueueBytes, status.QueueLimitBytes, status.Frame, status.SettledFrame,
        status.JournalBytes, At(status.WatermarkMicros), At(status.NewestEventMicros), status.EventLagSeconds, status.IngestLagSeconds,
        status.Instruments, status.KnownInstruments, status.InstrumentsFault, status.Subscribers,
        [.. status.Lanes.Select(TickLaneShape.Of)], now);

    private static Instant? At(long? micros) => micros is { } at ? Instant.FromUnixTimeTicks(at * 10) : null;
}

/// <summary>A partition of a topic as a group of workers reads it.</summary>
/// <param name="Group">Group.</param>
/// <param name="Topic">Topic.</param>
/// <param name="Partition">Number of the partition.</param>
/// <param name="Holder">Who has it, or had it last.</param>
/// <param name="ClaimedAt">Since when.</param>
/// <param name="Next">Offset of the first message that is not stored; null: none is.</param>
/// <param name="CommittedAt">When it was stored last; null: never.</param>
/// <param name="Watermark">Event time before which its bars are closed; null: none.</param>
internal sealed record TickLaneShape(
    string Group, string Topic, int Partition, string Holder, Instant ClaimedAt, long? Next, Instant? CommittedAt, Instant? Watermark)
{
    public static TickLaneShape Of(LaneRecord lane) => new(
        lane.Id.Group, lane.Id.Topic, lane.Id.Number, lane.Holder, lane.ClaimedAt, lane.Next, lane.KnownAt, lane.Watermark);
}
