using System.Buffers;
using Aurum.Market.Ticks;
using Aurum.Sandbox.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Aggregate;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Frames;
using Aurum.Ticks.Normalize;
using NodaTime;

namespace Aurum.Tests.Ticks;

/// <summary>Streams of several forms that one pipeline reads piece by piece, each piece stored as a frame; what came of each piece is
/// kept to be compared.</summary>
internal sealed class StoredRun
{
    private static readonly Instant[] Starts =
    [
        Instant.FromUtc(2026, 3, 8, 6, 30), Instant.FromUtc(2025, 11, 2, 4, 30), Instant.FromUtc(2025, 12, 31, 22, 30),
    ];

    private readonly List<(TickStreamOptions Options, byte[] Bytes)> _inputs = [];
    private readonly List<Piece> _pieces = [];

    public StoredRun(int seed)
    {
        var random = new Random(seed);
        Options = new TickPipelineOptions
        {
            Normalize = new NormalizeOptions { DuplicateMessages = 300, BackfillsPrices = seed % 2 == 0 },
            Aggregate = new AggregateOptions(LatenessSeconds: 1_800, IdleSeconds: 600, MaxWindows: seed % 3 == 0 ? 1_500 : 100_000),
            BatchMessages = 1 + random.Next(200),
        };
        foreach (var (form, mode) in new[]
        {
            (TickForm.ContractB, TickMode.Malformed), (TickForm.Csv, TickMode.HighVolume), (TickForm.ContractA, TickMode.Continuous),
        })
        {
            var made = new MadeStreamOptions((ulong)((seed * 7) + _inputs.Count), mode, 700, 25, Starts[seed % Starts.Length])
            {
                Duplicates = 0.1,
                DisorderSeconds = 400,
                StepMicros = 15_000_000,
            };
            _inputs.Add((new TickStreamOptions(form == TickForm.Csv ? TickFormat.Csv : TickFormat.JsonLines), Written(made, form)));
        }

        Cut(random);
    }

    public TickPipelineOptions Options { get; }

    public int Pieces => _pieces.Count;

    public TickPipeline New() => new(Options, InstrumentBook.Empty);

    public TickPipeline Load(byte[] state) => TickPipeline.Load(Options, InstrumentBook.Empty, state);

    /// <summary>Takes in pieces, and stores each.</summary>
    public List<Step> Take(TickPipeline pipeline, int from, int to)
    {
        using var writer = new TickFrameWriter();
        var streams = _inputs.Select((input, i) => Opened(pipeline, input, isBegun: _pieces[..from].Exists(p => p.Input == i))).ToList();
        var steps = new List<Step>();
        foreach (var piece in _pieces[from..to])
        {
            var bytes = _inputs[piece.Input].Bytes;
            Assert.Equal(
                piece.To - piece.From,
                pipeline.OnBytes(
                    streams[piece.Input], bytes.AsSpan(piece.From..piece.To), piece.From, piece.To == bytes.Length));
            writer.Clear();
            writer.AddTicks(pipeline.Normalized.Items);
            OnEvents(pipeline, piece);
            writer.AddNames(pipeline.TakeNewNames());
            steps.Add(Step.Of(pipeline, writer.Finish(pipeline.Counters, 0).ToArray()));
        }

        return steps;
    }

    /// <summary>Does again what was stored.</summary>
    public List<Step> Redo(TickPipeline pipeline, IEnumerable<Step> stored, int from)
    {
        var steps = new List<Step>();
        foreach (var step in stored)
        {
            var frame = TickFrameReader.Read(step.Frame);
            pipeline.AddNames(frame.Names);
            pipeline.OnStored(frame.Ticks, frame.Counters);
            OnEvents(pipeline, _pieces[from + steps.Count]);
            steps.Add(Step.Of(pipeline, step.Frame));
        }

        return steps;
    }

    public static byte[] Saved(TickPipeline pipeline)
    {
        var to = new ArrayBufferWriter<byte>();
        pipeline.Save(to);
        return to.WrittenSpan.ToArray();
    }

    public static void AssertSame(IReadOnlyList<Step> expected, IReadOnlyList<Step> found)
    {
        Assert.Equal(expected.Count, found.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Ticks, found[i].Ticks);
            Assert.Equal(expected[i].Bars, found[i].Bars);
            Assert.Equal(expected[i].Prices, found[i].Prices);
            Assert.Equal(expected[i].Points, found[i].Points);
            Assert.Equal(expected[i].Counters, found[i].Counters);
            Assert.Equal(expected[i].Frame, found[i].Frame);
        }
    }

    private static void OnEvents(TickPipeline pipeline, Piece piece)
    {
        if (piece.HasWatermark)
        {
            pipeline.OnWatermark(pipeline.Aggregate.WatermarkMicros + BarIntervals.MicrosPerMinute);
        }

        if (piece.IsComplete)
        {
            pipeline.Complete();
        }
    }

    /// <summary>A stream that goes on after a stop is given its header again.</summary>
    private static TickStream Opened(TickPipeline pipeline, (TickStreamOptions Options, byte[] Bytes) input, bool isBegun)
    {
        var stream = pipeline.Open(input.Options);
        if (isBegun && input.Options.Format == TickFormat.Csv)
        {
            pipeline.OnBytes(stream, input.Bytes.AsSpan(0, Array.IndexOf(input.Bytes, (byte)'\n') + 1), 0, isEnd: false);
        }

        return stream;
    }

    private static byte[] Written(MadeStreamOptions options, TickForm form)
    {
        var stream = new MadeStream(options);
        var writer = new TickWriter(stream, options, form);
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var tick in stream.Read())
        {
            writer.Write(bytes, tick);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Cuts the inputs at line ends, and takes them by turns.</summary>
    private void Cut(Random random)
    {
        var at = new int[_inputs.Count];
        while (Array.FindIndex(at, (a) => a >= 0) >= 0)
        {
            var input = random.Next(_inputs.Count);
            if (at[input] < 0)
            {
                continue;
            }

            var bytes = _inputs[input].Bytes;
            var end = Math.Min(bytes.Length, at[input] + 1 + random.Next(20_000));
            end += bytes.AsSpan(end - 1).IndexOf((byte)'\n');
            _pieces.Add(new Piece(input, at[input], end, random.Next(16) == 0, random.Next(15) == 0));
            at[input] = end == bytes.Length ? -1 : end;
        }
    }

    internal sealed record Step(
        byte[] Frame, Tick[] Ticks, Bar[] Bars, LatestPrice[] Prices, CurvePoint[] Points, TickCounters Counters)
    {
        public static Step Of(TickPipeline pipeline, byte[] frame)
        {
            var output = pipeline.Output;
            var step = new Step(
                frame,
                output.Ticks.Items.ToArray(),
                output.Bars.Items.ToArray(),
                output.Prices.Items.ToArray(),
                output.CurvePoints.Items.ToArray(),
                pipeline.Counters);
            output.Clear();
            return step;
        }
    }

    private readonly record struct Piece(int Input, int From, int To, bool HasWatermark, bool IsComplete);
}
