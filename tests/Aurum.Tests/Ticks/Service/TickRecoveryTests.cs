using Aurum.App.Ticks;
using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using Aurum.Sandbox.Ticks;

namespace Aurum.Tests.Ticks.Service;

/// <summary>Bars hang on the messages alone: not on pieces, stops, torn ends of the journal or the order within the
/// lateness.</summary>
public sealed class TickRecoveryTests
{
    [Fact]
    public async Task A_journal_that_was_cut_anywhere_goes_on_and_gives_the_same_bars()
    {
        var bytes = TickHome.Messages(3_000, disorder: 60);
        var options = new TickServiceOptions { SettleSeconds = 60, QuietSeconds = 0, FrameKiB = 16 };
        var expected = TickHome.BarsOf(bytes, options);
        using var folder = TestFolder.InMemory();
        using (var home = new TickHome(options, folder["whole"]))
        {
            await home.SubmitAsync(bytes, 20_000);
            CopyJournal(folder["whole"], folder["copy"]);
        }

        var segment = Directory.EnumerateFiles(Path.Combine(folder["copy"], "ticks")).MaxBy(f => new FileInfo(f).Length)!;
        var length = new FileInfo(segment).Length;
        var random = new Random(8);
        for (var cut = 0; cut < 6; cut++)
        {
            var data = folder[$"cut{cut}"];
            CopyJournal(folder["copy"], data);
            using (var torn = File.OpenWrite(Path.Combine(data, "ticks", Path.GetFileName(segment))))
            {
                torn.SetLength(cut == 0 ? length : random.NextInt64(100, length));
            }

            using var home = new TickHome(options, data);
            var before = home.Service.Status.Counters;
            Assert.True(before.IsBalanced);
            Assert.Equal(cut == 0 ? 3_000 : before.Received, before.Received);
            await home.SubmitAsync(bytes, random.Next(5_000, 100_000));
            await home.Finish();
            TickHome.AssertSame(expected, home.Bars());
            var after = home.Service.Status.Counters;
            Assert.Equal(after.Accepted + after.LateAmended, home.Count("select count(*) from ticks"));
        }
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public async Task Bars_are_the_same_in_any_pieces_and_over_restarts_and_snapshots(int pieceBytes)
    {
        var options = new TickServiceOptions
        {
            SegmentMiB = 1, SettleSeconds = 0.05, QuietSeconds = 0, FrameKiB = 16, Normalize = new() { DuplicateMessages = 2_048 },
        };
        var bytes = TickHome.Messages(12_000, disorder: 60);
        using var home = new TickHome(options);
        var (third, second) = (TickHome.EndOfLine(bytes, bytes.Length / 3), TickHome.EndOfLine(bytes, bytes.Length / 3 * 2));
        await home.SubmitAsync(bytes[..third], pieceBytes);
        home.Reopen();
        await home.SubmitAsync(bytes[third..second], pieceBytes);
        home.Reopen();
        await home.SubmitAsync(bytes[second..], pieceBytes);
        await home.Finish();
        TickHome.AssertSame(TickHome.BarsOf(bytes, options), home.Bars());
        Assert.True(Directory.EnumerateFiles(Path.Combine(home.Folder, "ticks")).Count() >= 2);
    }

    [Fact]
    public async Task Waiting_bars_are_the_same_in_any_order_within_the_lateness()
    {
        var options = new TickServiceOptions { SettleSeconds = 0.05, QuietSeconds = 0 }.ForReplay();
        var ordered = TickHome.Written(Made(0));
        var shuffled = TickHome.Written(Made(250));
        Assert.NotEqual(ordered, shuffled);
        using var first = new TickHome(options);
        await first.SubmitAsync(ordered);
        await first.Finish();
        using var second = new TickHome(options);
        await second.SubmitAsync(shuffled);
        await second.Finish();
        var bars = first.Bars();
        Assert.True(bars.Count > 500);
        TickHome.AssertSame(bars, second.Bars());

        static MadeStreamOptions Made(double disorder) =>
            new(9, TickMode.HighVolume, 4_000, 20, TickHome.Start) { StepMicros = 1_000_000, DisorderSeconds = disorder };
    }

    [Fact]
    public async Task Other_delays_hold_from_an_opening_on_and_not_before()
    {
        var live = new TickServiceOptions { SettleSeconds = 60, QuietSeconds = 0 };
        var bytes = TickHome.Messages(6_000, disorder: 100);
        var half = TickHome.EndOfLine(bytes, bytes.Length / 2);
        using var folder = TestFolder.InMemory();
        using (var home = new TickHome(live, folder["live"]))
        {
            await home.SubmitAsync(bytes[..half]);
            CopyJournal(folder["live"], folder["killed"]);
        }

        using var killed = new TickHome(live.ForReplay(), folder["killed"]);
        using var closed = new TickHome(live.ForReplay(), folder["live"]);
        TickHome.AssertSame(closed.Bars(), killed.Bars());
        Assert.Contains(killed.Bars(), b => b.Split(' ')[11] != "0");
        await closed.SubmitAsync(bytes[half..]);
        await closed.Finish();
        await killed.SubmitAsync(bytes[half..]);
        await killed.Finish();
        TickHome.AssertSame(closed.Bars(), killed.Bars());
    }

    [Fact]
    public async Task A_journal_without_room_refuses_clearly_and_goes_on_when_there_is_room()
    {
        var writes = 0;
        var options = new TickServiceOptions
        {
            FrameKiB = 16, SettleSeconds = 0.05, QuietSeconds = 0, RetrySeconds = 0.01,
            Journal = new TickJournalOptions
            {
                Write = (file, bytes, position) =>
                {
                    if (Interlocked.Increment(ref writes) % 150 is > 100 and < 104)
                    {
                        RandomAccess.Write(file, bytes[..(bytes.Length / 2)], position);
                        throw new IOException("no space left on device");
                    }

                    RandomAccess.Write(file, bytes, position);
                },
            },
        };
        var bytes = TickHome.Messages(10_000);
        using var home = new TickHome(options);
        using var live = home.Service.Subscribe(new TickFilter(null, [], TickEventKind.Tick, []), null);
        var refusals = 0;
        long received = 0;
        for (var from = 0; from < bytes.Length;)
        {
            var to = TickHome.EndOfLine(bytes, Math.Min(bytes.Length, from + 30_000));
            try
            {
                received += (await home.Service.SubmitAsync(TickHome.Batch(bytes.AsMemory(from..to)), default)).Received;
                from = to;
            }
            catch (TickServiceException refused)
            {
                Assert.Matches("^real-time prices cannot be written to the journal: .*no space left on device", refused.Message);
                refusals++;
                await Task.Yield();
            }
        }

        Assert.True(refusals > 0);
        Assert.Equal(10_000, received);
        await home.Finish();
        TickHome.AssertSame(TickHome.BarsOf(bytes, options), home.Bars());
        Assert.Equal(TickServiceState.Running, home.Service.Status.State);
        var left = home.Count("select count(*) from ticks");
        var seen = new HashSet<TickToken>();
        await foreach (var tick in live)
        {
            Assert.True(seen.Add(tick.Token));
            if (--left == 0)
            {
                break;
            }
        }
    }

    private static void CopyJournal(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, "ticks"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(from, "ticks")))
        {
            File.Copy(file, Path.Combine(to, "ticks", Path.GetFileName(file)));
        }
    }
}
