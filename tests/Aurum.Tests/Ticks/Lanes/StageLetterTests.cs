using System.Buffers;
using System.Text;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Store.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Frames;
using Aurum.Ticks.Normalize;
using NodaTime;

namespace Aurum.Tests.Ticks.Lanes;

/// <summary>Dead letters of rows and records on their way through separate stages: they can be read again like those of one.</summary>
public sealed class StageLetterTests
{
    private const string Header = "timestamp,node,price,volume,sequence";
    private const string Good = "2026-03-02T15:00:07Z,SECOND,21.5,2,9";

    private static readonly TickPipelineOptions Room = new();

    /// <summary>One instrument alone: the second is refused, and can be taken later.</summary>
    private static readonly TickPipelineOptions NoRoom = new() { Normalize = new NormalizeOptions { MaxInstruments = 1 } };

    [Fact]
    public void A_row_goes_with_its_header_its_market_and_its_source()
    {
        var form = new TickStreamOptions(TickFormat.Csv) { Market = "CAISO", Source = "oasis", Tenant = "acme" };
        var block = Encoding.UTF8.GetBytes($"{Header}\n2026-03-02T15:00:00Z,FIRST,20,1,1\n{Good}\n");

        var letter = Assert.Single(Through(form, block));

        Assert.Equal((Good, "acme", "raw[0]@5"), (Encoding.UTF8.GetString(letter.Message), letter.Tenant, letter.Stream));
        Assert.Equal([("SECOND", 21.5, "oasis")], Again(letter));
    }

    [Fact]
    public void A_record_goes_with_the_names_that_counted_when_it_came()
    {
        var at = Instant.FromUtc(2026, 3, 2, 15, 0).ToUnixTimeTicks() / 10;
        var block = new ArrayBufferWriter<byte>();
        foreach (var (symbol, price) in new[] { ("FIRST", 20.0), ("SECOND", 21.5) })
        {
            BinaryTicks.WriteDefinition(block, 1, "acme", "oasis", "CAISO", symbol, symbol, "USD", "MWh");
            var id = new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 0, (byte)price]);
            BinaryTicks.WriteTick(block, 1, id, (at, at, 1), (price, 1, double.NaN, double.NaN), 0);
        }

        var letter = Assert.Single(Through(new TickStreamOptions(TickFormat.Binary), block.WrittenSpan));

        Assert.Equal([("SECOND", 21.5, "oasis")], Again(letter));
    }

    /// <summary>The dead letters that the third of separate stages stores.</summary>
    private static List<LaneLetter> Through(TickStreamOptions form, ReadOnlySpan<byte> block)
    {
        using var normalize = new NormalizeLane(NoRoom, [], TimeProvider.System);
        using var enrich = FrameLane.Enriching(NoRoom, InstrumentBook.Empty, []);
        using var aggregate = FrameLane.Aggregating(NoRoom, []);
        using var first = new LaneOutput();
        using var second = new LaneOutput();
        using var third = new LaneOutput();
        var raw = new LaneMessage { Name = "raw[0]@5", Source = 5, SourceBefore = -1, Form = form, Value = block, Trace = "" };
        normalize.OnMessage(in raw, first);
        Pass(first, enrich, second);
        Pass(second, aggregate, third);
        return [.. Enumerable.Range(0, third.Rows.LetterCount).Select(third.Rows.LetterAt)];
    }

    private static void Pass(LaneOutput from, FrameLane stage, LaneOutput to)
    {
        var frame = Assert.Single(from.Frames);
        var message = new LaneMessage
        {
            Name = "frame", Source = frame.Source, SourceBefore = frame.SourceBefore, Form = new TickStreamOptions(TickFormat.JsonLines),
            Value = frame.Value, Frame = TickFrameReader.Read(frame.Value), Trace = "",
        };
        to.Names.Add(stage.Names);
        stage.OnMessage(in message, to);
    }

    /// <summary>What a letter is when it is sent again from its topic: symbol, price and source of its ticks.</summary>
    private static List<(string Symbol, double Price, string Source)> Again(LaneLetter letter)
    {
        var headers = LetterMessages.HeadersOf(letter);
        var message = new IncomingMessage(
            new KafkaPartition("dlq", 0), 0, 0, LetterMessages.KeyOf(letter), letter.Message, hasKey: true, isTombstone: false,
            headers.Inner);
        var raw = new ArrayBufferWriter<byte>();
        var form = LetterMessages.RawOf(in message, raw);
        Assert.NotNull(form);
        using var pipeline = new TickPipeline(Room, InstrumentBook.Empty);
        pipeline.OnBytes(pipeline.Open(form), raw.WrittenSpan, 0, isEnd: true);
        Assert.Empty(pipeline.Output.DeadLetters.Items.ToArray());
        return
        [
            .. pipeline.Output.Ticks.Items.ToArray()
                .Select(t => (pipeline.Instruments[t.Instrument].Symbol, t.Price, pipeline.Normalize.Sources[t.Source])),
        ];
    }
}
