using System.Buffers.Binary;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Aggregate;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Normalize;

namespace Aurum.Tests.Ticks;

/// <summary>A pipeline that goes on after a stop, with what was saved and stored.</summary>
public sealed class TickStateTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 9)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_was_stored_gives_the_same_ticks_bars_revisions_prices_and_points(int seed)
    {
        var run = new StoredRun(seed);
        using var first = run.New();
        var taken = run.Take(first, 0, run.Pieces);
        Assert.True(
            first.Counters is { Accepted: > 500, Duplicate: > 50, LateAmended: > 50, DeadLettered: > 200 }, $"{first.Counters}");
        Assert.Contains(taken, t => t.Points.Length > 0);
        using var second = run.New();
        StoredRun.AssertSame(taken, run.Redo(second, taken, 0));
        Assert.True(second.TakeNewNames().IsEmpty);
        AssertSameNames(first, second);
        Assert.Equal(StoredRun.Saved(first).Length, StoredRun.Saved(second).Length);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_saved_pipeline_goes_on_as_if_it_had_not_stopped_wherever_it_is_cut(int seed)
    {
        var run = new StoredRun(seed);
        var random = new Random(seed);
        for (var round = 0; round < 3; round++)
        {
            var (saved, stopped) = (random.Next(run.Pieces), random.Next(run.Pieces));
            (saved, stopped) = (Math.Min(saved, stopped), Math.Max(saved, stopped));
            using var whole = run.New();
            _ = run.Take(whole, 0, saved);
            var state = StoredRun.Saved(whole);
            var stored = run.Take(whole, saved, stopped);
            var rest = run.Take(whole, stopped, run.Pieces);
            using var again = run.Load(state);
            StoredRun.AssertSame(stored, run.Redo(again, stored, saved));
            StoredRun.AssertSame(rest, run.Take(again, stopped, run.Pieces));
            AssertSameNames(whole, again);
        }
    }

    [Fact]
    public void Saving_what_was_loaded_gives_the_same_bytes()
    {
        var run = new StoredRun(4);
        using var pipeline = run.New();
        _ = run.Take(pipeline, 0, run.Pieces / 2);
        var state = StoredRun.Saved(pipeline);
        using var loaded = run.Load(state);
        using var again = run.Load(StoredRun.Saved(loaded));
        Assert.Equal(StoredRun.Saved(loaded), StoredRun.Saved(again));
        Assert.Equal(state.Length, StoredRun.Saved(again).Length);
        using var empty = run.Load(StoredRun.Saved(run.New()));
        Assert.Equal(default, empty.Counters);
    }

    [Fact]
    public void Names_that_were_not_told_when_it_was_saved_are_told_afterwards()
    {
        using var pipeline = New();
        Take(pipeline, TickMessages.B("1"));
        using var loaded = TickPipeline.Load(new TickPipelineOptions(), InstrumentBook.Empty, StoredRun.Saved(pipeline));
        var names = loaded.TakeNewNames();
        Assert.Equal("CAISO.NP15.RT5", Assert.Single(names.Instruments.Names).InstrumentId);
        Assert.Equal([Taxonomy.None, loaded.Enrich[1]], names.Classifications.Names);
        Assert.True(loaded.TakeNewNames().IsEmpty);
        Assert.Equal(1, loaded.TakeNewNames().Instruments.First);
    }

    [Fact]
    public void A_state_keeps_more_event_ids_than_the_options_it_is_loaded_with()
    {
        using var pipeline = New();
        Take(pipeline, [.. Enumerable.Range(0, 50).Select(i => TickMessages.B($"e{i}"))]);
        var few = new TickPipelineOptions { Normalize = new NormalizeOptions { DuplicateMessages = 4 } };
        using var loaded = TickPipeline.Load(few, InstrumentBook.Empty, StoredRun.Saved(pipeline));
        Take(loaded, TickMessages.B("e0"), TickMessages.B("e49"), TickMessages.B("new"));
        Assert.Equal(new TickCounters(53, 51, 2, 0, 0), loaded.Counters);
    }

    [Fact]
    public void A_damaged_state_is_one_exception()
    {
        var run = new StoredRun(3);
        using var pipeline = run.New();
        _ = run.Take(pipeline, 0, 4);
        var state = StoredRun.Saved(pipeline);
        var random = new Random(1);
        for (var round = 0; round < 150; round++)
        {
            var at = round < 16 ? round : random.Next(state.Length);
            var changed = state.ToArray();
            changed[at] ^= (byte)(1 + random.Next(255));
            Assert.Throws<InvalidDataException>(() => run.Load(changed));
            Assert.Throws<InvalidDataException>(() => run.Load(state[..at]));
        }
    }

    [Fact]
    public void Damage_that_its_checksum_does_not_show_is_a_pipeline_or_one_exception()
    {
        var run = new StoredRun(3);
        using var pipeline = run.New();
        _ = run.Take(pipeline, 0, 4);
        var state = StoredRun.Saved(pipeline);
        var random = new Random(2);
        for (var round = 0; round < 400; round++)
        {
            var changed = state.ToArray();
            var at = random.Next(16, changed.Length - 4);
            BinaryPrimitives.WriteInt32LittleEndian(
                changed.AsSpan(at), random.Next(3) switch { 0 => -1, 1 => int.MaxValue, _ => random.Next(1 << 20) });
            BinaryPrimitives.WriteUInt32LittleEndian(
                changed.AsSpan(12), Crc32C.Append(Crc32C.Of(changed.AsSpan(4, 8)), changed.AsSpan(16)));
            try
            {
                run.Load(changed).Dispose();
            }
            catch (InvalidDataException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }

    [Fact]
    public void Ticks_that_do_not_follow_what_came_before_are_refused()
    {
        using var first = New();
        Take(first, TickMessages.B("1"), TickMessages.B("2"));
        var ticks = first.Normalized.Items.ToArray();
        var names = first.TakeNewNames();
        using var nameless = New();
        Assert.Throws<InvalidDataException>(() => nameless.OnStored(ticks, first.Counters));
        using var garbled = New();
        garbled.AddNames(names);
        Assert.Throws<InvalidDataException>(() => garbled.OnStored([ticks[0] with { Classification = 9 }], first.Counters));
        Assert.Throws<InvalidDataException>(() => garbled.OnStored([ticks[1] with { EventMicros = long.MaxValue }], first.Counters));
        using var twice = New();
        twice.AddNames(names);
        twice.OnStored(ticks, first.Counters);
        Assert.Throws<InvalidDataException>(() => twice.OnStored(ticks, first.Counters));
        using var miscounted = New();
        miscounted.AddNames(names);
        Assert.Throws<InvalidDataException>(() => miscounted.OnStored(ticks, first.Counters with { Accepted = 1, DeadLettered = 1 }));
        using var renamed = New();
        Take(renamed, TickMessages.B("1").With("tenant_id", "other"));
        Assert.Throws<InvalidDataException>(() => renamed.AddNames(names));
    }

    [Fact]
    public void A_refused_tick_can_be_sent_again_and_is_no_duplicate_however_messages_are_batched()
    {
        var options = new AggregateOptions(DelaySeconds: 0, LatenessSeconds: 0);
        foreach (var batch in new[] { 1, 2, 512 })
        {
            using var pipeline = new TickPipeline(
                new TickPipelineOptions { Aggregate = options, BatchMessages = batch }, InstrumentBook.Empty);
            Take(
                pipeline,
                TickMessages.B("1", TickMessages.Occurred + BarIntervals.MicrosPerHour),
                TickMessages.B("late"),
                TickMessages.B("late"),
                TickMessages.B("late", TickMessages.Occurred + BarIntervals.MicrosPerHour),
                TickMessages.B("late"),
                TickMessages.B("1"));
            Assert.Equal(new TickCounters(6, 2, 2, 0, 2), pipeline.Counters);
            Assert.Equal(4, pipeline.Normalized.Count);
        }
    }

    [Fact]
    public void Ticks_refused_for_too_many_windows_are_accepted_when_there_is_room_again()
    {
        using var pipeline = new TickPipeline(
            new TickPipelineOptions { Aggregate = new AggregateOptions(DelaySeconds: 0, MaxWindows: 5) }, InstrumentBook.Empty);
        var second = TickMessages.B("second").With("payload.metadata.instrument_id", "OTHER");
        Take(pipeline, TickMessages.B("first"), second);
        Assert.Equal(DeadLetterReason.TooManyWindows, Assert.Single(pipeline.Output.DeadLetters.Items.ToArray()).Reason);
        pipeline.OnWatermark(TickMessages.Occurred + (48 * BarIntervals.MicrosPerHour));
        Take(pipeline, TickMessages.B("second", TickMessages.Occurred + (50 * BarIntervals.MicrosPerHour))
            .With("payload.metadata.instrument_id", "OTHER"));
        Assert.Equal(new TickCounters(3, 2, 0, 0, 1), pipeline.Counters);
    }

    [Fact]
    public void Doing_again_allocates_nothing_a_tick()
    {
        const int Part = 4_000;
        using var pipeline = New();
        var ticks = Enumerable.Range(0, 20 * Part).Select(i => Aggregate.BarRig.TickAt(
            TickMessages.Occurred + (i * 5_000L), 5, sequence: i) with { KeyHigh = (ulong)(i + 1) }).ToArray();
        using var named = New();
        Take(named, TickMessages.B("1"));
        pipeline.AddNames(named.TakeNewNames());
        var least = long.MaxValue;
        for (var from = 0; from < ticks.Length; from += Part)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            pipeline.OnStored(ticks.AsSpan(from, Part), new TickCounters(from + Part, from + Part, 0, 0, 0));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            pipeline.Output.Clear();
        }

        Assert.Equal(0, least);
    }

    private static TickPipeline New() => new(new TickPipelineOptions(), InstrumentBook.Empty);

    private static void Take(TickPipeline pipeline, params System.Text.Json.Nodes.JsonObject[] messages)
    {
        var bytes = TickMessages.Lines(messages);
        Assert.Equal(bytes.Length, pipeline.OnBytes(pipeline.Open(new TickStreamOptions()), bytes, 0, isEnd: true));
    }

    private static void AssertSameNames(TickPipeline expected, TickPipeline found)
    {
        Assert.Equal(
            Enumerable.Range(0, expected.Instruments.Count).Select(n => expected.Instruments[n]),
            Enumerable.Range(0, found.Instruments.Count).Select(n => found.Instruments[n]));
        Assert.Equal(
            Enumerable.Range(0, expected.Enrich.Count).Select(n => expected.Enrich[n]),
            Enumerable.Range(0, found.Enrich.Count).Select(n => found.Enrich[n]));
        Assert.Equal(
            Enumerable.Range(0, expected.Curves.Count).Select(n => expected.Curves[n]),
            Enumerable.Range(0, found.Curves.Count).Select(n => found.Curves[n]));
    }
}
