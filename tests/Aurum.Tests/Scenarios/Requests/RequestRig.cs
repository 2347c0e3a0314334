using System.Net;
using Aurum.App.Configuration;
using Aurum.App.Registry;
using Aurum.App.Running;
using Aurum.App.Scenarios.Requests;
using Aurum.App.Scenarios.Running;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Registry;
using Aurum.Store;
using Aurum.Store.Models;
using Aurum.Tests.Engines.Kafka;
using Aurum.Tests.Engines.Servers;
using NodaTime;

namespace Aurum.Tests.Scenarios.Requests;

/// <summary>Topics of requests of one test on the brokers for tests, a registry, and who orders runs over them.</summary>
internal sealed class RequestRig : IAsyncDisposable
{
    public const int Partitions = 4;
    public const string Tenant = "acme";

    private static readonly string[] Topics =
        [RequestTopics.Requests, RequestTopics.Retries, RequestTopics.Letters, RequestTopics.Outputs, RequestTopics.Alerts];

    private static int _tests;

    private readonly RegistryServer _registry;
    private readonly AurumMetrics _metrics = new();
    private readonly CancellationTokenSource _stop = new();
    private RequestPublisher? _publisher;
    private Task _publishing = Task.CompletedTask;

    private RequestRig(KafkaOptions kafka, RegistryServer registry)
    {
        Kafka = kafka;
        _registry = registry;
        Registry = new RegistryOptions { Url = registry.Address.AbsoluteUri.TrimEnd('/') };
        Producer = new KafkaProducer(kafka, TimeProvider.System);
    }

    public KafkaOptions Kafka { get; }

    public RegistryOptions Registry { get; }

    public KafkaProducer Producer { get; }

    public static async Task<RequestRig> Make(KafkaMockServer server, TestFolder folder)
    {
        var kafka = server.Options with { Environment = $"s{Interlocked.Increment(ref _tests)}", Compression = "none" };
        foreach (var topic in Topics)
        {
            await server.Do($"topic {kafka.TopicOf(topic)} {Partitions}");
        }

        return new RequestRig(
            kafka,
            await RegistryServer.Start(Path.Combine(folder.Path, "journal"), IPAddress.Loopback, 0, CancellationToken.None));
    }

    /// <summary>The side of the server: orders runs, and sends what is to be told of them.</summary>
    public ScenarioService Serve(AurumStore store)
    {
        var service = new ScenarioService(
            store.Runs, new ScenarioSettings(), TimeProvider.System, _metrics, static (_, _, _) => throw new InvalidOperationException())
        {
            Requests = store.Requests,
            Holder = "server",
        };
        Publish(store, "server", service);
        service.Start();
        return service;
    }

    /// <summary>Sends what a service has to be told of runs, until the end of the test.</summary>
    public void Publish(AurumStore store, string holder, ScenarioService service)
    {
        _publisher = new RequestPublisher(store, Kafka, Registry, holder, TimeProvider.System, static _ => { });
        _publishing = Task.Run(() => _publisher.Run(_stop.Token));
        service.Noted = _publisher.Wake;
    }

    /// <summary>A worker in this process.</summary>
    public RequestRunner Worker(AurumStore store, RunComputation compute, string name = "one") =>
        new(this, store, compute, new RequestWorkerOptions { Holder = name, Workers = 4, TenantConcurrency = 4, LeaseSeconds = 3 });

    public static ScenarioRecord Scenario(AurumStore store, string assumptions = "[]") => store.Scenarios.Create(
        new ScenarioRecord(
            Tenant, "", 0, "Gas up", null, ScenarioStatus.Created, assumptions, """{"curves": [{"words": "West power"}]}""", [],
            default, default),
        Instant.FromUtc(2026, 6, 20, 20, 0));

    /// <summary>The event of an order.</summary>
    public async Task<byte[]> Event(RunRecord run, ScenarioRecord scenario)
    {
        using var client = new RegistryClient(Registry, new Random(1), TimeProvider.System);
        var schemas = new EventSchemaBook(client, Registry);
        await schemas.Prepare([EventTopics.Find(RequestTopics.Requests)], CancellationToken.None);
        using var batch = new EventBatch();
        ScenarioEvents.WriteRequest(run, scenario, "ana", null, [], schemas.IdOf, batch);
        return batch.Value(0).ToArray();
    }

    /// <summary>Sends messages as somebody else does.</summary>
    public async Task Send(params (byte[] Value, string? Tenant)[] messages)
    {
        var batch = Producer.Begin();
        foreach (var (value, tenant) in messages)
        {
            var headers = new KafkaHeaders();
            batch.Send(new OutgoingMessage(Kafka.TopicOf(RequestTopics.Requests), default, value)
            {
                Partition = 0,
                Headers = tenant is null ? headers : headers.With(KafkaHeaders.Tenant, tenant),
            });
        }

        await batch.Complete(KafkaWorld.Long, KafkaWorld.Limit());
    }

    /// <summary>The first messages of a topic.</summary>
    public async Task<IReadOnlyList<RequestMessage>> Read(string topic, int count)
    {
        using var consumer = new KafkaConsumer(
            Kafka, new KafkaSubscription($"reader-{Guid.CreateVersion7()}", [Kafka.TopicOf(topic)]) { WithHeaders = true }, null,
            TimeProvider.System);
        var messages = new List<RequestMessage>();
        while (messages.Count < count)
        {
            using var batch = await consumer.Read(KafkaWorld.Limit());
            for (var i = 0; i < batch!.Count; i++)
            {
                messages.Add(RequestMessage.Of(batch[i]));
            }

            batch.Done();
        }

        return messages;
    }

    public static async Task<RunRecord> Ended(AurumStore store, string run, int seconds = 120)
    {
        RunRecord? found = null;
        await KafkaWait.Until(() => (found = store.Runs.Find(Tenant, run)) is { } r && r.State.IsFinal(), KafkaWorld.Limit(seconds));
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _publishing;
        _publisher?.Dispose();
        Producer.Dispose();
        await _registry.DisposeAsync();
        _metrics.Dispose();
        _stop.Dispose();
    }
}
