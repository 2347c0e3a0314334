using System.Diagnostics.CodeAnalysis;
using Aurum.App.Running;
using Aurum.Cluster;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Registry;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.App.Sinks;

/// <summary>Sends real-time prices to Kafka as single events of their contracts, once they are in the tables: frame by frame, with a
/// position in the store. At least once; each event says by its own fields what it is (event id; instrument, interval, start,
/// revision).</summary>
/// <remarks>Off unless <c>Kafka:Ticks</c> is set: a message a tick costs several times what blocks do.</remarks>
internal sealed class KafkaTicks : IDisposable
{
    /// <summary>Name of its position in the store.</summary>
    public const string Name = "kafka-ticks";

    private const long MostRows = 50_000;
    private const long MostFrames = 1 << 16;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly AurumStore _store;
    private readonly KafkaOptions _kafka;
    private readonly TimeProvider _time;
    private readonly RegistryClient _registry;
    private readonly EventSchemaBook _schemas;
    private readonly SettledTickEvents _events;
    private readonly KafkaProducer _producer;
    private readonly string _holder;
    private readonly Duration _leaseLength;
    private long _span = 256;

    /// <param name="store">Store.</param>
    /// <param name="kafka">Checked options.</param>
    /// <param name="registry">Checked options.</param>
    /// <param name="time">Clock of waits.</param>
    /// <param name="jitter">Spread of waits.</param>
    /// <param name="holder">Name of this process, for the others that have the database open.</param>
    /// <param name="leaseLength">How long the others wait for it when it has died; null: as is usual.</param>
    public KafkaTicks(
        AurumStore store, KafkaOptions kafka, RegistryOptions registry, TimeProvider time, Random jitter, string holder,
        Duration? leaseLength = null)
    {
        (_store, _kafka, _time, _holder, _leaseLength) = (store, kafka, time, holder, leaseLength ?? LeaseKeeper.UsualLength);
        _registry = new RegistryClient(registry, jitter, time);
        _schemas = new EventSchemaBook(_registry, registry);
        _events = new SettledTickEvents(store.Ticks, _schemas.IdOf, $"aurum@{typeof(KafkaTicks).Assembly.GetName().Version?.ToString(3)}");
        _producer = new KafkaProducer(kafka, time);
    }

    /// <summary>Events that were sent by this object.</summary>
    public long Sent { get; private set; }

    /// <summary>The sender of the settings; null: none is asked for.</summary>
    public static KafkaTicks? Of(Platform platform, string holder) => platform.Options.Kafka is not { Ticks: true } kafka ? null
        : new KafkaTicks(
            platform.Store,
            kafka,
            platform.Options.Registry!,
            platform.Time,
            Chance.New(),
            holder,
            Duration.FromSeconds(platform.Options.Worker.LeaseSeconds));

    /// <summary>Sends again and again what is new, until it is cancelled. A failure is told once, and tried again with growing
    /// waits.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "a runner goes on, whatever is to be sent")]
    public async Task Run(Action<string> tell, CancellationToken cancel)
    {
        var pause = TimeSpan.FromSeconds(1);
        var wait = pause;
        try
        {
            while (true)
            {
                try
                {
                    await Sync(cancel);
                    if (wait > pause)
                    {
                        tell("real-time prices to Kafka: works again");
                    }

                    wait = pause;
                }
                catch (Exception e) when (!cancel.IsCancellationRequested)
                {
                    if (wait == pause)
                    {
                        tell($"real-time prices to Kafka: {e.Message}; tried again, nothing is lost meanwhile");
                    }

                    wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
                }

                await Task.Delay(wait, _time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped as asked: what was not sent comes after the next start.
        }
    }

    /// <summary>Sends what is settled and was not sent yet. Does nothing where another process does it.</summary>
    /// <exception cref="BrokerException">Not all of it is sent; the next call goes on.</exception>
    public async Task Sync(CancellationToken cancel)
    {
        if (_store.Work is not { } shared)
        {
            await SendNew(cancel);
            return;
        }

        await using var turn = LeaseKeeper.Take(
            shared, _holder, [(new FeedId($"sink/{Name}"), SharedWork.NoDay)], 1, _leaseLength, _time);
        if (turn.All is not [var lease])
        {
            return;
        }

        var lost = turn.Lost(lease);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, lost);
        try
        {
            await SendNew(either.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new LeaseLostException("the right to send real-time prices was lost; whoever has it goes on from what is noted");
        }
    }

    public void Dispose()
    {
        _events.Dispose();
        _registry.Dispose();
        _producer.Dispose();
    }

    private async Task SendNew(CancellationToken cancel)
    {
        var position = _store.Sinks.Position(Name);
        for (var settled = _store.Ticks.SettledFrame; position < settled; settled = _store.Ticks.SettledFrame)
        {
            await _schemas.Prepare(TickEvents.Topics, cancel);
            var through = Next(position, settled);
            var batch = _producer.Begin();
            foreach (var events in _events.Of(position, through, cancel))
            {
                Send(batch, events, cancel);
            }

            await batch.Complete(TimeSpan.FromSeconds(_kafka.DeliverySeconds + _kafka.RequestSeconds), cancel);

            // Another process may have gone on meanwhile: its note stands.
            cancel.ThrowIfCancellationRequested();
            _store.Sinks.MovePosition(Name, through, Instant.FromDateTimeOffset(_time.GetUtcNow()));
            position = through;
        }
    }

    /// <summary>As many frames as have about one batch of rows, one at least.</summary>
    private long Next(long position, long settled)
    {
        while (true)
        {
            var through = Math.Min(settled, position + _span);
            var rows = _store.Ticks.CountSettled(position, through).Rows;
            if (rows > MostRows && through > position + 1)
            {
                _span = Math.Max(1, (through - position) / 2);
                continue;
            }

            _span = rows < MostRows / 4 ? Math.Min(MostFrames, _span * 2) : _span;
            return through;
        }
    }

    private void Send(SendBatch batch, EventBatch events, CancellationToken cancel)
    {
        for (var i = 0; i < events.Count; i++)
        {
            var at = Instant.FromUnixTimeTicks(events.TimestampMicros(i) * 10);
            batch.Send(
                new OutgoingMessage(_kafka.TopicOf(events.Topic(i).Name), events.Key(i).Span, events.Value(i).Span)
                {
                    At = at,
                    Headers = new KafkaHeaders().With(KafkaHeaders.ContentType, KafkaEvents.Avro),
                },
                cancel);
            Sent++;
        }
    }
}
