using System.Text.Json;
using Aurum.Cluster.Lineage;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using Aurum.Store.Sinks;
using Aurum.Tests.Engines.Vault;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Engines.Lineage;

/// <summary>Deliveries that are told to a file and a server, of which the server is away.</summary>
public sealed class LineageSinkTests : IDisposable
{
    private static readonly LocalDate Day = new(2025, 3, 4);

    private readonly TestFolder _folder = new();
    private readonly DuckDbStores _stores = new();
    private readonly AurumStore _store;
    private readonly AwayServer _server = new();

    public LineageSinkTests() => _store = _stores.Open();

    public void Dispose()
    {
        _store.Dispose();
        _stores.Dispose();
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_server_that_is_away_brings_nothing_twice_into_the_file()
    {
        var options = new LineageOptions { Url = new Uri("http://marquez:5000"), File = "lineage.ndjson", Attempts = 1 };
        var world = new LineageWorld(static _ => null, static _ => null, static t => new LineageDataset("aurum", $"store.{t}"));
        await using var sink = new LineageSink(
            new LineageSender(options, _folder.Path, new ImpatientTime(), new Random(1), handler: _server), world);
        for (var hour = 1; hour <= 5; hour++)
        {
            // The batch grows while it waits, as the store's runner has it.
            Deliver(hour);
            await Assert.ThrowsAsync<SinkException>(() => sink.Deliver(Batch(), default));
        }

        _server.IsAway = false;
        await sink.Deliver(Batch(), default);

        var told = File.ReadLines(_folder["lineage.ndjson"]).Select(static l => JsonSerializer.Deserialize<JsonElement>(l))
            .Select(static e => $"{e.GetProperty("run").GetProperty("runId")} {e.GetProperty("eventType")}").ToList();
        Assert.Equal(10, told.Count);
        Assert.Equal(told.Count, told.Distinct().Count());
        Assert.Equal(5, told.Count(static t => t.EndsWith(" COMPLETE", StringComparison.Ordinal)));
        Assert.Equal(10, _server.Taken);
    }

    private List<SinkDelivery> Batch() =>
        [.. _store.Read.Outbox(new RecordQuery()).Select(e => new SinkDelivery(e, _store.Read))];

    private void Deliver(int hour)
    {
        var knownAt = Instant.FromUtc(2025, 3, 5, 0, hour);
        using var intake = _store.BeginDay(StoreFeeds.Prices, StoreFeeds.Prices.Day(Day), knownAt);
        intake.AddFile(new FileRecord(
            new Fetch(StoreFeeds.Prices.Id, Day, "test", "/x", "x.json", 200), new string('0', 64), 1, knownAt));
        intake.Append([new LmpRow(
            new Location("NODE", LocationType.Node),
            DeliveryInterval.StartingAt(StoreFeeds.Prices.Day(Day).Start + Duration.FromHours(hour), 60),
            hour, hour, 0, double.NaN, 0)]);
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }

    private sealed class AwayServer : HttpMessageHandler
    {
        public bool IsAway { get; set; } = true;

        public int Taken { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Taken += IsAway ? 0 : 1;
            return IsAway
                ? throw new HttpRequestException("Connection refused")
                : Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Created));
        }
    }
}
