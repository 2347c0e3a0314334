using System.Text;
using System.Text.Json;
using Aurum.Market.Ticks;
using Aurum.Sandbox.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Aggregate;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Normalize;
using NodaTime;

namespace Aurum.Tests.Ticks;

/// <summary>All stages together, against made-up streams whose truth is known.</summary>
public sealed class TickPipelineTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 15, 0);

    [Theory]
    [InlineData(TickMode.Continuous, TickForm.ContractB)]
    [InlineData(TickMode.Continuous, TickForm.ContractA)]
    [InlineData(TickMode.Historical, TickForm.Csv)]
    [InlineData(TickMode.HighVolume, TickForm.Binary)]
    public void What_a_stream_means_is_what_comes_out_in_every_form(TickMode mode, TickForm form)
    {
        var options = new MadeStreamOptions(11, mode, 3_000, 40, Start)
        {
            Duplicates = 0.05,
            DisorderSeconds = 20,
            HasQuotes = true,
        };
        var (bytes, truth) = Made(options, form);
        using var pipeline = Processed(bytes, form);
        var expected = truth.Where(t => t.Outcome == TickOutcome.Accepted).ToList();
        Assert.Equal(
            new TickCounters(truth.Count, expected.Count, truth.Count - expected.Count, 0, 0), pipeline.Counters);
        var names = new MadeStream(options).Instruments;
        Assert.Equal(
            expected.Select(t => (
                Name(names[t.Instrument]),
                t.EventMicros,
                t.IngestedMicros,
                form == TickForm.ContractA ? -1 : t.Sequence,
                t.Price,
                t.Volume,
                t.Bid,
                t.Ask)).Order(),
            pipeline.Output.Ticks.Items.ToArray().Select(t =>
                (pipeline.Instruments[t.Instrument].Name, t.EventMicros, t.IngestedMicros, t.Sequence, t.Price, t.Volume, t.Bid,
                    t.Ask)).Order());
        Assert.All(expected, t => Assert.True(t.Bid < t.Price && t.Price < t.Ask, $"{t}"));
        Assert.Equal(
            expected.Count, pipeline.Output.Bars.Items.ToArray().Where(b => b.Interval == BarInterval.OneDay).Sum(b => b.Count));
        foreach (var last in expected.GroupBy(t => Name(names[t.Instrument])).Select(g => g.MaxBy(t => (t.EventMicros, t.Sequence))!))
        {
            var number = NumberOf(pipeline, Name(names[last.Instrument]));
            Assert.True(pipeline.Project.TryLatest(number, out var price));
            Assert.Equal((last.Price, last.Bid, last.Ask, last.EventMicros), (price.Price, price.Bid, price.Ask, price.EventMicros));
        }
    }

    [Fact]
    public void Broken_messages_are_dead_letters_with_the_reason_that_was_put_into_them()
    {
        var options = new MadeStreamOptions(3, TickMode.Malformed, 600, 10, Start) { HasQuotes = true };
        var (bytes, truth) = Made(options, TickForm.ContractB);
        using var pipeline = Processed(bytes, TickForm.ContractB);
        Assert.Equal(new TickCounters(600, 400, 0, 0, 200), pipeline.Counters);
        var letters = pipeline.Output.DeadLetters.Items.ToArray();
        Assert.Equal(truth.Select(t => t.Defect).OfType<TickDefect>().Select(d => d.Reason), letters.Select(l => l.Reason));
        Assert.All(letters, letter =>
        {
            Assert.True(letter.Position == 0 || bytes[letter.Position - 1] == '\n');
            Assert.Equal((byte)'\n', bytes[letter.Position + letter.Length]);
        });
    }

    [Fact]
    public void Ten_thousand_mutated_messages_are_accepted_or_dead_letters_and_agree_with_another_JSON_reader()
    {
        var random = new Random(20260302);
        var valid = Encoding.UTF8.GetString(TickMessages.Lines(TickMessages.B("a", sequence: 3), TickMessages.A())).Split('\n')[..2];
        var counts = new Dictionary<DeadLetterReason, int>();
        for (var i = 0; i < 10_000; i++)
        {
            var message = Mutated(random, Encoding.UTF8.GetBytes(valid[i % 2].Replace("\"5e0c\"", $"\"{i}\"", StringComparison.Ordinal)));
            using var pipeline = new TickPipeline(
                new TickPipelineOptions { Normalize = new() { DuplicateMessages = 4 } }, InstrumentBook.Empty);
            Assert.Equal(message.Length, pipeline.OnBytes(pipeline.Open(new TickStreamOptions()), message, 0, isEnd: true));
            Assert.True(pipeline.Counters.IsBalanced);
            var isJson = IsJson(message);
            foreach (var letter in pipeline.Output.DeadLetters.Items)
            {
                Assert.NotEmpty(letter.Expected);
                counts[letter.Reason] = counts.GetValueOrDefault(letter.Reason) + 1;
                Assert.False(letter.Reason == DeadLetterReason.InvalidJson && isJson, Encoding.UTF8.GetString(message));
            }

            Assert.False(pipeline.Counters.Accepted > 0 && !isJson, Encoding.UTF8.GetString(message));
        }

        Assert.True(counts.Count >= 8, $"only {counts.Count} reasons");
    }

    [Fact]
    public void Pieces_of_any_size_give_the_same_outcomes()
    {
        var (bytes, _) = Made(
            new MadeStreamOptions(5, TickMode.Malformed, 900, 7, Start) { Duplicates = 0.1, DisorderSeconds = 250 }, TickForm.ContractB);
        using var whole = Processed(bytes, TickForm.ContractB);
        Assert.True(whole.Counters.LateAmended > 0);
        foreach (var (piece, batch) in new[] { (97, 1), (4_096, 13), (100_000, 512) })
        {
            using var cut = new TickPipeline(new TickPipelineOptions { BatchMessages = batch }, InstrumentBook.Empty);
            var stream = cut.Open(new TickStreamOptions());
            var from = 0;
            for (var to = 0; to < bytes.Length;)
            {
                to = Math.Min(bytes.Length, to + piece);
                from += cut.OnBytes(stream, bytes.AsSpan(from..to), from, to == bytes.Length);
            }

            cut.Complete();
            Assert.Equal(whole.Counters, cut.Counters);
            Assert.Equal(whole.Output.Bars.Items.ToArray(), cut.Output.Bars.Items.ToArray());
            Assert.Equal(whole.Output.Prices.Items.ToArray(), cut.Output.Prices.Items.ToArray());
            Assert.Equal(whole.Output.DeadLetters.Items.ToArray(), cut.Output.DeadLetters.Items.ToArray());
        }
    }

    [Fact]
    public void Pieces_of_any_size_give_the_same_outcomes_where_refused_ticks_come_again()
    {
        var (bytes, _) = Made(
            new MadeStreamOptions(8, TickMode.Malformed, 1_200, 9, Start) { Duplicates = 0.4, DisorderSeconds = 250 }, TickForm.ContractB);
        var aggregate = new AggregateOptions(DelaySeconds: 5, LatenessSeconds: 20);
        var found = new List<(TickCounters Counters, Bar[] Bars, LatestPrice[] Prices, DeadLetter[] Letters)>();
        foreach (var batch in new[] { 1, 7, 512 })
        {
            using var pipeline = new TickPipeline(
                new TickPipelineOptions { BatchMessages = batch, Aggregate = aggregate }, InstrumentBook.Empty);
            pipeline.OnBytes(pipeline.Open(new TickStreamOptions()), bytes, 0, isEnd: true);
            var output = pipeline.Output;
            found.Add((
                pipeline.Counters, output.Bars.Items.ToArray(), output.Prices.Items.ToArray(), output.DeadLetters.Items.ToArray()));
        }

        Assert.True(found[0].Counters is { Duplicate: > 50, LateAmended: > 20, DeadLettered: > 500 }, $"{found[0].Counters}");
        Assert.All(found, f => Assert.Equal(found[0].Counters, f.Counters));
        Assert.All(found, f => Assert.Equal(found[0].Bars, f.Bars));
        Assert.All(found, f => Assert.Equal(found[0].Prices, f.Prices));
        Assert.All(found, f => Assert.Equal(ByPlace(found[0].Letters), ByPlace(f.Letters)));
    }

    [Fact]
    public void A_tick_that_is_too_late_is_a_dead_letter_and_no_price()
    {
        var bytes = TickMessages.Lines(
            TickMessages.B("1", price: 1),
            TickMessages.B("2", TickMessages.Occurred + BarIntervals.MicrosPerHour, price: 2),
            TickMessages.B("3", TickMessages.Occurred + 1, price: 3),
            TickMessages.B("4", TickMessages.Occurred + BarIntervals.MicrosPerHour + 1, price: 4));
        using var pipeline = Processed(bytes, TickForm.ContractB);
        Assert.Equal(new TickCounters(4, 3, 0, 0, 1), pipeline.Counters);
        var letter = Assert.Single(pipeline.Output.DeadLetters.Items.ToArray());
        Assert.Equal((DeadLetterReason.TooLate, "AGGREGATION", "CONTRACT_VIOLATION"), (letter.Reason, letter.Stage, letter.ErrorCode));
        using var original = JsonDocument.Parse(bytes.AsMemory((int)letter.Position, letter.Length));
        Assert.Equal("3", original.RootElement.GetProperty("event_id").GetString());
        Assert.Equal([1.0, 2.0, 4.0], pipeline.Output.Prices.Items.ToArray().Select(p => p.Price));
    }

    [Theory]
    [InlineData(TickForm.ContractB)]
    [InlineData(TickForm.ContractA)]
    [InlineData(TickForm.Csv)]
    [InlineData(TickForm.Binary)]
    public void A_message_whose_names_are_known_allocates_nothing(TickForm form)
    {
        var options = new MadeStreamOptions(9, TickMode.HighVolume, 6_000, 20, Start) { Duplicates = 0.02 };
        var (bytes, _) = Made(options, form);
        using var pipeline = new TickPipeline(new TickPipelineOptions(), InstrumentBook.Empty);
        var stream = pipeline.Open(new TickStreamOptions(FormatOf(form)));
        var used = 0;
        var least = long.MaxValue;
        for (var part = 1; part <= 6; part++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            used += pipeline.OnBytes(stream, bytes.AsSpan(used..(bytes.Length * part / 6)), used, part == 6);
            least = part == 1 ? least : Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            pipeline.Output.Clear();
        }

        Assert.Equal(0, least);
        Assert.Equal(6_000, pipeline.Counters.Received);
    }

    private static IEnumerable<DeadLetter> ByPlace(DeadLetter[] letters) => letters.OrderBy(l => l.Position);

    private static string Name(MadeInstrument made) =>
        made.ContractMonth == 0 ? made.InstrumentId : $"{made.InstrumentId}@{made.MonthText}";

    private static int NumberOf(TickPipeline pipeline, string name) =>
        Enumerable.Range(0, pipeline.Instruments.Count).Single(n => pipeline.Instruments[n].Name == name);

    private static (byte[] Bytes, List<MadeTick> Truth) Made(MadeStreamOptions options, TickForm form)
    {
        var stream = new MadeStream(options);
        var writer = new TickWriter(stream, options, form);
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        var truth = new List<MadeTick>();
        foreach (var tick in stream.Read())
        {
            writer.Write(bytes, tick);
            truth.Add(tick);
        }

        return (bytes.WrittenSpan.ToArray(), truth);
    }

    private static TickPipeline Processed(byte[] bytes, TickForm form)
    {
        var pipeline = new TickPipeline(new TickPipelineOptions(), InstrumentBook.Empty);
        Assert.Equal(bytes.Length, pipeline.OnBytes(pipeline.Open(new TickStreamOptions(FormatOf(form))), bytes, 0, isEnd: true));
        pipeline.Complete();
        return pipeline;
    }

    private static TickFormat FormatOf(TickForm form) => form switch
    {
        TickForm.Csv => TickFormat.Csv,
        TickForm.Binary => TickFormat.Binary,
        _ => TickFormat.JsonLines,
    };

    /// <summary>One to three bytes changed, dropped, doubled or put in.</summary>
    private static byte[] Mutated(Random random, byte[] message)
    {
        const string Letters = "\"{}[]:,\\0123456789.-+eEtfnu \u0001";
        var bytes = new List<byte>(message);
        for (var change = 1 + random.Next(3); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            var letter = random.Next(20) == 0 ? (byte)random.Next(256) : (byte)Letters[random.Next(Letters.Length)];
            letter = letter == (byte)'\n' ? (byte)'x' : letter;
            switch (random.Next(5))
            {
                case 0:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at - 1, random.Next(12)));
                    break;
                case 1:
                    bytes.Insert(at, letter);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(40))));
                    break;
                default:
                    bytes[at] = letter;
                    break;
            }
        }

        return [.. bytes];
    }

    private static bool IsJson(byte[] message)
    {
        try
        {
            using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 32 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
