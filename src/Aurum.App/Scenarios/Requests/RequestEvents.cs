using System.Globalization;
using System.Text.Json;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Registry;
using Aurum.Store;
using Aurum.Store.Models;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Scenarios.Requests;

/// <summary>Requests, outputs and ends of runs as events of their contracts, and requests back out of events. Writing is for one thread,
/// reading for any.</summary>
internal sealed class RequestEvents : IDisposable
{
    /// <summary>Rows of output that are read and sent together.</summary>
    private const int PageRows = 5_000;

    private static readonly EventTopic[] Written =
    [
        EventTopics.Find(RequestTopics.Requests), EventTopics.Find(RequestTopics.Retries), EventTopics.Find(RequestTopics.Outputs),
        EventTopics.Find(RequestTopics.Alerts),
    ];

    private readonly RegistryClient _registry;
    private readonly EventSchemaBook _schemas;
    private readonly EventBatch _batch = new();

    public RequestEvents(RegistryOptions options, Random jitter, TimeProvider time, HttpMessageHandler? handler = null)
    {
        _registry = new RegistryClient(options, jitter, time, handler);
        _schemas = new EventSchemaBook(_registry, options);
    }

    /// <summary>Asks for the numbers of schemas that are not known yet.</summary>
    /// <exception cref="RegistryException">The registry refuses, or is down.</exception>
    public Task Prepare(CancellationToken cancel) => _schemas.Prepare(Written, cancel);

    /// <summary>Sends what is to be told of a run; nothing where it is no longer so.</summary>
    public void Send(SendBatch sends, RunNotice notice, AurumStore store, KafkaOptions kafka, CancellationToken cancel)
    {
        if (store.Runs.Find(notice.Tenant, notice.RunId) is not { } run)
        {
            return;
        }

        _batch.Clear();
        var headers = HeadersOf(run, notice);
        switch (notice.News)
        {
            case RunNews.Request or RunNews.Retry when run.State == RunState.Queued:
                WriteRequest(run, store, notice.News == RunNews.Retry ? RequestTopics.Retries : RequestTopics.Requests, headers);
                break;
            case RunNews.Status when run.State.IsFinal():
                ScenarioEvents.WriteStatus(run, _schemas.IdOf, _batch);
                break;
            case RunNews.Outputs when run.State == RunState.Succeeded:
                SendOutputs(sends, run, store, kafka, headers, cancel);
                return;
        }

        for (var i = 0; i < _batch.Count; i++)
        {
            Send(sends, i, kafka, headers, cancel);
        }
    }

    /// <summary>The order that a message has.</summary>
    /// <exception cref="RequestRefusedException">It is none.</exception>
    /// <exception cref="RegistryException">The registry must be asked, and is down or refuses: that is no fault of the message.</exception>
    public async Task<RunRequest> Read(RequestMessage message, CancellationToken cancel)
    {
        if (message.Value is null)
        {
            throw new RequestRefusedException("unreadable", "expected a request, found a tombstone");
        }

        try
        {
            var contract = EventTopics.Find(RequestTopics.Requests).Contract;
            return RunRequest.Of(await _schemas.Decode(message.Value, contract, cancel), message);
        }
        catch (Exception e) when (
            e is not (RequestRefusedException or OperationCanceledException or RegistryException { IsUnknown: false }))
        {
            // Whatever bytes somebody sends: they are of one message, and the next one is another.
            throw new RequestRefusedException("unreadable", $"expected an event of scenario.request.v1: {e.Message}");
        }
    }

    public void Dispose()
    {
        _batch.Dispose();
        _registry.Dispose();
    }

    private static KafkaHeaders HeadersOf(RunRecord run, RunNotice notice)
    {
        var headers = new KafkaHeaders()
            .With(KafkaHeaders.ContentType, RequestTopics.ContentType)
            .With(KafkaHeaders.Tenant, run.Tenant)
            .With(RequestTopics.Run, run.Id);
        return notice.Trace is { } trace ? headers.With(KafkaHeaders.Trace, trace) : headers;
    }

    private void WriteRequest(RunRecord run, AurumStore store, string topic, KafkaHeaders headers)
    {
        if (store.Scenarios.Find(run.Tenant, run.ScenarioId, run.ScenarioVersion) is not { } scenario)
        {
            return;
        }

        headers.With(RequestTopics.Attempt, run.RetryCount);
        if (run.NotBefore is { } due)
        {
            var seconds = Math.Max(0, (due - run.QueuedAt).TotalSeconds);
            headers.With(RequestTopics.NotBefore, due.ToUnixTimeMilliseconds())
                .With(RequestTopics.Delay, seconds.ToString("0.###", CultureInfo.InvariantCulture));
        }

        ScenarioEvents.WriteRequest(run, scenario, "aurum", AsOf(run), [], _schemas.IdOf, _batch, topic);
    }

    /// <summary>The as-of date that was asked for.</summary>
    private static LocalDate? AsOf(RunRecord run)
    {
        using var inputs = JsonDocument.Parse(run.Inputs);
        return inputs.RootElement.TryGetProperty("parameters", out var parameters)
            && parameters.TryGetProperty("asof_date", out var text) && text.ValueKind == JsonValueKind.String
            && LocalDatePattern.Iso.Parse(text.GetString()!) is { Success: true } day ? day.Value : null;
    }

    private void SendOutputs(
        SendBatch sends, RunRecord run, AurumStore store, KafkaOptions kafka, KafkaHeaders headers, CancellationToken cancel)
    {
        headers.With(RequestTopics.Rows, run.OutputRows);
        for (var after = -1; ;)
        {
            var page = store.Runs.Outputs(new OutputQuery(run.Id, PageRows) { After = after });
            _batch.Clear();
            foreach (var row in page)
            {
                ScenarioEvents.WriteOutput(run, row, _schemas.IdOf, _batch);
            }

            for (var i = 0; i < _batch.Count; i++)
            {
                Send(sends, i, kafka, headers.Copy().With(KafkaHeaders.Row, page[i].Ordinal), cancel);
            }

            if (page.Count < PageRows)
            {
                return;
            }

            after = page[^1].Ordinal;
        }
    }

    private void Send(SendBatch sends, int index, KafkaOptions kafka, KafkaHeaders headers, CancellationToken cancel) => sends.Send(
        new OutgoingMessage(kafka.TopicOf(_batch.Topic(index).Name), _batch.Key(index).Span, _batch.Value(index).Span)
        {
            At = Instant.FromUnixTimeTicks(_batch.TimestampMicros(index) * 10),
            Headers = headers,
        },
        cancel);
}
