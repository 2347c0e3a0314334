using System.Buffers;
using System.Text;
using Aurum.App.Ticks;
using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.Tests.Ticks.Service;

/// <summary>Rows and records that were refused are sent again as they came, when the reason is gone: here, room for more
/// instruments.</summary>
public sealed class LetterRedriveTests
{
    private const string Header = "timestamp,node,price,volume,sequence";

    private static readonly TickServiceOptions Room = new() { SettleSeconds = 0.05, QuietSeconds = 0 };

    private static readonly TickServiceOptions NoRoom = Room with { Normalize = new NormalizeOptions { MaxInstruments = 1 } };

    [Fact]
    public async Task A_row_is_sent_again_once_under_its_header_and_keeps_its_time()
    {
        using var folder = new TestFolder();
        var options = new TickStreamOptions(TickFormat.Csv) { Market = "CAISO", Source = "oasis", Tenant = "acme" };
        var text = $"\n{Header}\r\n2026-03-02T15:00:00Z,FIRST,20,1,1\r\n2026-03-02T15:00:07Z,\"SECOND, NODE\",21.5,2,9 \r\n";
        IReadOnlyList<TickLetter> stale;
        using (var home = new TickHome(NoRoom, folder.Path))
        {
            await home.Service.SubmitAsync(TickSubmission.Batch(options, Encoding.UTF8.GetBytes(text)), default);
            stale = await Pending(home);
            Assert.Equal(DeadLetterReason.TooManyNames, Assert.Single(stale).Letter.Reason);
            Assert.Equal(["dead-lettered"], await Sent(home, stale));
            stale = await Pending(home);
        }

        using (var home = new TickHome(Room, folder.Path))
        {
            Assert.Equal(["accepted"], await Sent(home, stale));
            Assert.Equal(["accepted"], await Sent(home, stale));
            Assert.Empty(await Pending(home));
            Assert.Equal(["redriven-before"], await Sent(home, [home.Store.Ticks.FindDeadLetter(stale[0].Id)!]));
            Assert.Equal((4L, 2L, 2L), Counts(home));
            Assert.Equal(
                1,
                home.Count(
                    """
                    select count(*) from ticks where tenant_id = 'acme' and instrument_id = 'SECOND, NODE' and market = 'CAISO'
                      and source = 'oasis' and price = 21.5 and volume = 2 and sequence = 9
                      and event_time = timestamptz '2026-03-02 15:00:07Z'
                    """));
        }
    }

    [Fact]
    public async Task A_record_is_sent_again_with_the_names_that_counted_when_it_came()
    {
        using var folder = new TestFolder();
        var records = new List<byte[]>();
        foreach (var (symbol, second) in new[] { ("FIRST", 0), ("SECOND", 1), ("THIRD", 2) })
        {
            records.Add(Written(to => BinaryTicks.WriteDefinition(to, 7, "acme", "oasis", "CAISO", symbol, "", "USD", "MWh")));
            records.Add(Written(to => BinaryTicks.WriteTick(
                to, 7, new Guid(second, 0, 0, new byte[8]), (TickMessages.Occurred + second, TickMessages.Occurred + 50, second),
                (20 + second, 1, 19.5, 21.5), 0)));
        }

        // One that is broken defines nothing, and those behind it count.
        var broken = Written(to => BinaryTicks.WriteDefinition(to, 7, "acme", "oasis", "CAISO", "BROKEN", "", "USD", "MWh"));
        broken[^9] ^= 1;
        records.Insert(4, broken);

        using (var home = new TickHome(NoRoom, folder.Path))
        {
            var options = new TickStreamOptions(TickFormat.Binary);
            long at = 0;
            foreach (var record in records)
            {
                await home.Service.SubmitAsync(
                    new TickSubmission("records", options, record, at, record == records[^1], null), default);
                at += record.Length;
            }

            Assert.Equal(3, (await Pending(home)).Count);
        }

        using (var home = new TickHome(Room, folder.Path))
        {
            Assert.Equal(["accepted", "needs-body", "accepted"], await Sent(home, await Pending(home)));
            Assert.Single(await Pending(home));
            foreach (var (symbol, second) in new[] { ("SECOND", 1), ("THIRD", 2) })
            {
                Assert.Equal(
                    1,
                    home.Count(
                        $"select count(*) from ticks where instrument_id = '{symbol}' and price = {20 + second} and sequence = {second} "
                        + $"and bid = 19.5 and epoch_us(event_time) = {TickMessages.Occurred + second}"));
            }
        }
    }

    [Fact]
    public async Task What_cannot_be_read_again_waits_for_a_mended_message()
    {
        using var home = new TickHome(Room);
        var record = new ArrayBufferWriter<byte>();
        BinaryTicks.WriteDefinition(record, 7, "acme", "oasis", "CAISO", "FIRST", "", "USD", "MWh");
        var names = record.WrittenCount;
        BinaryTicks.WriteTick(record, 7, Guid.Empty, (TickMessages.Occurred, TickMessages.Occurred, 1), (20, 1, 19, 21), 0);
        var broken = record.WrittenSpan.ToArray();
        broken[^10] ^= 1;
        await home.Service.SubmitAsync(TickSubmission.Batch(new TickStreamOptions(TickFormat.Binary), broken), default);
        await home.Service.SubmitAsync(
            TickSubmission.Batch(new TickStreamOptions(TickFormat.Binary), record.WrittenMemory[names..]), default);
        await home.Service.SubmitAsync(
            TickSubmission.Batch(new TickStreamOptions(TickFormat.Csv), "no,header\nof,prices\n"u8.ToArray()), default);

        var letters = await Pending(home);
        Assert.Equal(
            [
                DeadLetterReason.InvalidRecord, DeadLetterReason.InvalidRecord, DeadLetterReason.InvalidHeader,
                DeadLetterReason.InvalidHeader,
            ],
            letters.Select(static l => l.Letter.Reason));
        Assert.All(await Sent(home, letters), static outcome => Assert.Equal("needs-body", outcome));
        Assert.Equal(4, home.Service.Status.Counters.Received);

        var redrive = new LetterRedrive(home.Service, home.Store.Ticks);
        var mended = Encoding.UTF8.GetBytes($"{Header}\n2026-03-02T15:00:00Z,FIRST,20,1,1\n");
        var options = new TickStreamOptions(TickFormat.Csv) { Market = "CAISO" };
        Assert.Equal("accepted", (await redrive.SendAsync(letters[0], options, mended, default)).Outcome);
    }

    private static byte[] Written(Action<ArrayBufferWriter<byte>> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        write(bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static async Task<IReadOnlyList<TickLetter>> Pending(TickHome home) =>
        await new LetterRedrive(home.Service, home.Store.Ticks).FindAsync(new TickLetterQuery(), default);

    private static async Task<IEnumerable<string>> Sent(TickHome home, IReadOnlyList<TickLetter> letters)
    {
        var redrive = new LetterRedrive(home.Service, home.Store.Ticks);
        var done = await redrive.SendAsync(letters, default);
        await home.Service.SettleAsync(default);
        return done.Select(static d => d.Outcome);
    }

    private static (long Received, long Accepted, long DeadLettered) Counts(TickHome home)
    {
        var counters = home.Service.Status.Counters;
        return (counters.Received, counters.Accepted, counters.DeadLettered);
    }
}
