using System.Diagnostics;
using System.Net;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Lanes;
using Aurum.Store;
using Aurum.Tests.Api;
using Aurum.Tests.Api.Ticks;
using Aurum.Tests.Store;
using Aurum.Tests.Ticks;
using Aurum.Ticks;
using NodaTime;

namespace Aurum.Tests.Engines.Kafka.Workers;

/// <summary>Messages over HTTP to Kafka while its brokers are away: who waits for what, and for how long.</summary>
[Trait("Category", "Slow")]
public sealed class TickPublisherTests : IDisposable
{
    private const int Senders = 10;
    private const int RequestSeconds = 2;

    private readonly ManualTime _time = new(Instant.FromUtc(2026, 3, 2, 15, 0));
    private readonly TestFolder _folder = new();
    private readonly WorkerBrokers _brokers = WorkerBrokers.InProcess();
    private readonly Lazy<AurumStore> _store;

    public TickPublisherTests() => _store = new Lazy<AurumStore>(() => DuckDbStores.Open(_folder.Path));

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }

        _brokers.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Requests_wait_together_for_brokers_that_do_not_answer_and_not_one_after_the_other()
    {
        _brokers.SetUp(false);
        await using var served = await TickServer.OverWorkersAsync(static (folder, _) => DuckDbStores.Open(folder), Publisher);
        var began = Stopwatch.GetTimestamp();

        var answers = await Task.WhenAll(Enumerable.Range(0, Senders).Select(
            i => served.PostAsync("/v1/ticks", TickMessages.Lines([TickMessages.B($"evt-{i}")]))));

        Assert.All(answers, static a => Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (a.Status, a.Headers["Retry-After"])));
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, Senders * RequestSeconds / 2);
    }

    [Fact]
    public async Task Partitions_that_are_known_stay_so_while_brokers_are_away()
    {
        using var publisher = Publisher(_store.Value);
        await publisher.OpenAsync(1, CancellationToken.None);
        _brokers.SetUp(false);
        _time.Advance(Duration.FromMinutes(2));

        await publisher.OpenAsync(1, CancellationToken.None);
    }

    [Fact]
    public async Task A_question_without_an_answer_is_not_asked_again_for_five_seconds()
    {
        using var publisher = Publisher(_store.Value);
        _brokers.SetUp(false);
        await Assert.ThrowsAsync<TickServiceException>(() => publisher.OpenAsync(1, CancellationToken.None));
        _brokers.SetUp(true);
        _time.Advance(Duration.FromSeconds(4));
        await Assert.ThrowsAsync<TickServiceException>(() => publisher.OpenAsync(1, CancellationToken.None));
        _time.Advance(Duration.FromSeconds(1));

        await publisher.OpenAsync(1, CancellationToken.None);
    }

    [Fact]
    public async Task Whoever_goes_away_leaves_the_others_waiting_and_who_sent_the_same_batch_is_told()
    {
        using var publisher = Publisher(_store.Value);
        _brokers.SetUp(false);
        var batch = TickSubmission.Batch(new TickStreamOptions(), TickMessages.Lines([TickMessages.B()]), "k");
        using var gone = new CancellationTokenSource();
        var first = publisher.Batches.QueueAsync(batch, gone.Token).AsTask();
        var same = await publisher.Batches.QueueAsync(batch, CancellationToken.None);
        var other = publisher.OpenAsync(1, CancellationToken.None);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await await first);
        Assert.Equal(
            "whoever sent this batch first went away before it was sent",
            (await Assert.ThrowsAsync<TickServiceException>(() => same)).Message);
        Assert.False(other.IsCompleted);
        await Assert.ThrowsAsync<TickServiceException>(() => other);
    }

    private TickPublisher Publisher(AurumStore store) =>
        new(_brokers.Options with { RequestSeconds = RequestSeconds }, store.Ticks, _time, static _ => { });
}
