using System.Text;
using System.Text.Json;
using Aurum.App.Ingest;
using Aurum.Cluster.Contracts;
using Aurum.Market.Feeds;
using Aurum.Sources;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Avro;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using Aurum.Store.Sinks;
using Aurum.Tests.Engines.Interop;
using Aurum.Tests.Sources;
using Aurum.Tests.Store;
using Aurum.Tests.Store.Avro;
using NodaTime;

namespace Aurum.Tests.Engines.Contracts;

/// <summary>A store of all feeds, what it is brought, and the events of that.</summary>
internal sealed class EventWorld : IDisposable
{
    public static readonly Instant Known = Instant.FromUtc(2025, 11, 3, 7, 30, 15);

    private readonly TestFolder _folder = new();

    public EventWorld() => Store = AurumStore.Open(
        new StoreOptions(_folder.Path) { MemoryLimitMiB = 256, Threads = 1 }, StoredFeeds.All, new StoppedClock(Known));

    public AurumStore Store { get; }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }

    public static FileRecord File(Feed feed, LocalDate day) => new(
        new Fetch(feed.Id, day, "test", "/f", "rows.txt", 200), new string('a', 64), 100, Known);

    public static Feed<TRow> Of<TRow>(string id)
        where TRow : struct => (Feed<TRow>)FeedCatalog.Find(new FeedId(id));

    /// <summary>Reads a text as its publisher sends it, and stores the rows.</summary>
    public void Bring<TRow>(string feed, string name, string text, LocalDate day)
        where TRow : struct
    {
        var (result, rows) = ParsedFile.RowsOf(Of<TRow>(feed), name, text);
        Assert.Equal(Outcome.Data, result.Outcome);
        Deliver(Of<TRow>(feed), day, [.. rows]);
    }

    public CommitReceipt Deliver<TRow>(Feed<TRow> feed, LocalDate day, params ReadOnlySpan<TRow> rows)
        where TRow : struct => Deliver(feed, day, null, isComplete: true, rows);

    public CommitReceipt Deliver<TRow>(Feed<TRow> feed, LocalDate day, GateRecord? gate, bool isComplete, params ReadOnlySpan<TRow> rows)
        where TRow : struct
    {
        using var intake = Store.BeginDay(feed, feed.Day(day), Known);
        intake.AddFile(File(feed, day));
        intake.Append(rows);
        if (gate is not null)
        {
            intake.AddGate(gate);
        }

        return intake.Commit(new DayOutcome(Outcome.Data, "", isComplete));
    }

    public IEnumerable<SinkDelivery> Deliveries() =>
        Store.Read.Outbox(new RecordQuery()).Select(e => new SinkDelivery(e, Store.Read));

    /// <summary>Events of a delivery, the last one where none is named, read by our codec.</summary>
    public List<SentEvent> Events(SinkDelivery? delivery = null)
    {
        using var events = new DeliveryEvents(static topic => topic.Name.Length);
        var sent = new List<SentEvent>();
        foreach (var batch in events.Of(delivery ?? Deliveries().Last(), default))
        {
            sent.AddRange(SentEvent.Of(batch));
        }

        return sent;
    }

    /// <summary>The events of a topic, read by our codec and the same by avsc.</summary>
    public async Task<List<SentEvent>> EventsReadByBoth(string topic, SinkDelivery? delivery = null)
    {
        var sent = Events(delivery).Where(e => e.Topic.Name == topic).ToList();
        await SentEvent.AreReadByAvsc(sent);
        return sent;
    }
}

/// <summary>An event as a consumer reads it.</summary>
internal sealed record SentEvent(EventTopic Topic, string Key, long TimestampMicros, byte[] Avro, AvroRecord Value)
{
    public object? this[string field] => Value[field];

    /// <summary>The events of a batch whose ids are the lengths of the topics' names.</summary>
    public static IEnumerable<SentEvent> Of(EventBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var topic = batch.Topic(i);
            Assert.Equal(topic.Name.Length, ConfluentFrame.Read(batch.Value(i).Span, out var avro));
            var reader = new AvroReader(avro);
            var value = (AvroRecord)reader.Read(topic.Contract.Schema)!;
            Assert.True(reader.IsAtEnd, $"{topic}: {reader.Position} of {avro.Length} bytes");
            yield return new SentEvent(
                topic, Encoding.UTF8.GetString(batch.Key(i).Span), batch.TimestampMicros(i), avro.ToArray(), value);
        }
    }

    /// <summary>Holds the values against avsc, which others wrote.</summary>
    public static async Task AreReadByAvsc(IReadOnlyList<SentEvent> sent)
    {
        var asked = sent.Select(e => JsonSerializer.Serialize(new
        {
            op = "decode",
            schema = JsonSerializer.Deserialize<JsonElement>(e.Topic.Contract.SchemaText),
            hex = Convert.ToHexString(e.Avro),
        }));
        var answers = await EngineScript.Run("avro.mjs", [], string.Join('\n', asked) + "\n");
        Assert.Equal(sent.Count, answers.Count);
        foreach (var (written, read) in sent.Zip(answers))
        {
            Assert.False(read.TryGetProperty("error", out var error), $"{written.Topic}: {error}");
            Assert.True(
                AvroSamples.IsSame(written.Topic.Contract.Schema, written.Value, read.GetProperty("value")), $"{written.Topic}: {read}");
        }
    }

    public string? Meta(string name, string field = "metadata") =>
        ((IReadOnlyDictionary<string, object?>?)Value[field])?.GetValueOrDefault(name) as string;
}
