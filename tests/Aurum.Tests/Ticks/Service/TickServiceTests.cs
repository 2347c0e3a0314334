using Aurum.App.Ticks;
using Aurum.Sandbox.Ticks;
using Aurum.Ticks;

namespace Aurum.Tests.Ticks.Service;

/// <summary>What is acknowledged is on disk, in memory and in the tables, once.</summary>
public sealed class TickServiceTests
{
    [Fact]
    public async Task What_is_acknowledged_is_counted_and_shown_and_soon_in_the_tables()
    {
        using var home = new TickHome();
        var bytes = TickHome.Messages(5_000);
        var receipt = await home.Service.SubmitAsync(TickHome.Batch(bytes), default);
        Assert.Equal(5_000, receipt.Received);
        Assert.Equal(receipt.Received, receipt.Accepted + receipt.Duplicate);
        Assert.True(receipt.Duplicate > 100);
        var status = home.Service.Status;
        Assert.Equal(
            (TickServiceState.Running, receipt.Received, receipt.Accepted),
            (status.State, status.Counters.Received, status.Counters.Accepted));

        var latest = home.Service.LatestOf("default");
        Assert.Equal(40, latest.Count);
        Assert.True(home.Service.TryLatest("default", latest[7].Instrument.Name, out var one));
        Assert.Equal(latest[7], one);
        Assert.False(home.Service.TryLatest("default", "no such", out _));

        await home.Finish();
        TickHome.AssertSame(TickHome.BarsOf(bytes, home.Options), home.Bars());
        Assert.Equal(receipt.Accepted, home.Count("select count(*) from ticks"));
        Assert.Equal(40, home.Count("select count(*) from latest_prices"));
        foreach (var view in latest)
        {
            Assert.Equal(
                view.Price.EventMicros,
                home.Count($"select epoch_us(event_time) from latest_prices where instrument_id = '{view.Instrument.Name}'"));
        }
    }

    [Fact]
    public async Task A_batch_with_a_key_is_taken_once_also_after_a_restart()
    {
        using var home = new TickHome();
        var bytes = TickHome.Messages(300);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            async _ => await home.Service.SubmitAsync(TickHome.Batch(bytes, "k1"), default)));
        var first = Assert.Single(receipts, r => !r.IsRepeat);
        Assert.All(receipts, r => Assert.Equal((first.Frame, first.Received, first.Accepted), (r.Frame, r.Received, r.Accepted)));

        home.Reopen();
        var again = await home.Service.SubmitAsync(TickHome.Batch(bytes, "k1"), default);
        Assert.True(again.IsRepeat);
        Assert.Equal((first.Frame, first.Received, first.Accepted), (again.Frame, again.Received, again.Accepted));
        Assert.Equal(300, home.Service.Status.Counters.Received);

        var other = await home.Service.SubmitAsync(TickHome.Batch(bytes, "k2"), default);
        Assert.False(other.IsRepeat);
        Assert.Equal((300, 300), (other.Received, other.Duplicate));
    }

    [Fact]
    public async Task A_stream_goes_on_where_a_message_was_cut()
    {
        using var home = new TickHome();
        var bytes = TickHome.Messages(2_000);
        var random = new Random(3);
        long received = 0;
        for (var from = 0; from < bytes.Length;)
        {
            var to = Math.Min(bytes.Length, from + random.Next(1, 20_000));
            var receipt = await home.Service.SubmitAsync(
                new TickSubmission("cut", new TickStreamOptions(), bytes.AsMemory(from..to), from, to == bytes.Length, null)
                {
                    IsKept = true,
                },
                default);
            received += receipt.Received;
            Assert.InRange(home.Service.CheckpointOf("cut"), to - 4_096, to);
            from = to;
        }

        Assert.Equal(2_000, received);
        Assert.Equal(bytes.Length, home.Service.CheckpointOf("cut"));
        await home.Finish();
        TickHome.AssertSame(TickHome.BarsOf(bytes, home.Options), home.Bars());
        home.Reopen();
        Assert.Equal(bytes.Length, home.Service.CheckpointOf("cut"));
    }

    [Fact]
    public async Task A_stream_that_jumps_is_refused()
    {
        using var home = new TickHome();
        var refused = await Assert.ThrowsAsync<TickServiceException>(async () => await home.Service.SubmitAsync(
            new TickSubmission("s", new TickStreamOptions(), new byte[10], 100, false, null) { IsKept = true }, default));
        Assert.Equal("stream s: expected bytes from 0 on, found some from 100 on", refused.Message);
    }

    [Fact]
    public async Task Dead_letters_are_kept_with_their_bytes_and_told_in_the_answer()
    {
        using var home = new TickHome();
        var bytes = TickHome.Messages(300, mode: TickMode.Malformed);
        var receipt = await home.Service.SubmitAsync(TickHome.Batch(bytes), default);
        Assert.True(receipt.DeadLettered >= 90);
        Assert.Equal(home.Options.LettersTold, receipt.FirstLetters.Count);
        Assert.Equal(receipt.DeadLettered, home.Service.Status.Letters.Values.Sum());
        await home.Service.SettleAsync(default);
        Assert.Equal(receipt.DeadLettered, home.Count("select count(*) from tick_dead_letters"));
        var letter = receipt.FirstLetters[3];
        Assert.Equal(letter.Length, home.Count($"select octet_length(message) from tick_dead_letters where position = {letter.Position}"));
    }

    [Fact]
    public async Task A_full_queue_makes_submitters_wait_and_memory_stays_within_it()
    {
        using var home = new TickHome(new TickServiceOptions { QueueMiB = 1, SettleSeconds = 0.05, QuietSeconds = 0 });
        var bytes = TickHome.Messages(20_000);
        var answers = new List<Task<TickReceipt>>();
        var waits = 0;
        for (var from = 0; from < bytes.Length;)
        {
            var to = TickHome.EndOfLine(bytes, Math.Min(bytes.Length, from + (200 << 10)));
            var queued = home.Service.QueueAsync(TickHome.Batch(bytes.AsMemory(from..to)), default);
            waits += queued.IsCompleted ? 0 : 1;
            answers.Add(await queued);
            Assert.InRange(home.Service.Status.QueueBytes, 0, home.Service.Status.QueueLimitBytes);
            from = to;
        }

        Assert.True(waits > 0);
        Assert.Equal(20_000, (await Task.WhenAll(answers)).Sum(r => r.Received));
        Assert.Equal(0, home.Service.Status.QueueBytes);
    }

    [Fact]
    public async Task Who_waits_for_room_can_go_away()
    {
        using var home = new TickHome(new TickServiceOptions { QueueMiB = 1, SettleSeconds = 0.05, QuietSeconds = 0 });
        using var cancel = new CancellationTokenSource();
        var large = TickHome.Messages(8_000);
        var first = home.Service.SubmitAsync(TickHome.Batch(large), default);
        var second = home.Service.SubmitAsync(TickHome.Batch(large), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await second);
        Assert.Equal(8_000, (await first).Received);
        Assert.Equal(8_000, (await home.Service.SubmitAsync(TickHome.Batch(large), default)).Received);
    }

    [Fact]
    public async Task A_closed_service_says_so()
    {
        var home = new TickHome();
        var service = home.Service;
        home.Dispose();
        Assert.Equal(TickServiceState.Closed, service.Status.State);
        var refused = await Assert.ThrowsAsync<TickServiceException>(
            async () => await service.SubmitAsync(TickHome.Batch("\n"u8.ToArray()), default));
        Assert.Equal("the tick service is closed", refused.Message);
    }
}
