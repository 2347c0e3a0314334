using System.Buffers;
using Aurum.Sandbox.Ticks;
using NodaTime;

namespace Aurum.App.Ticks.Load;

/// <summary>Messages in memory, made beforehand, so that making them costs nothing while something is measured: 500 instruments
/// of nine markets, 1,000 messages a second of event time, out of order by up to a second, one in a hundred sent twice.</summary>
internal sealed class MadeLoad
{
    private const int Instruments = 500;
    private const long StepMicros = 1_000;

    private readonly byte[] _bytes;
    private readonly int[] _ends;
    private readonly (int Instrument, long EventMicros)[] _ticks;
    private readonly string[] _names;

    private MadeLoad(byte[] bytes, int[] ends, (int Instrument, long EventMicros)[] ticks, string[] names) =>
        (_bytes, _ends, _ticks, _names) = (bytes, ends, ticks, names);

    public int Messages => _ends.Length;

    public byte[] Bytes => _bytes;

    public static MadeStreamOptions Options(long count) =>
        new(7, TickMode.HighVolume, count, Instruments, Instant.FromUtc(2026, 3, 2, 15, 0))
        {
            StepMicros = StepMicros,
            Duplicates = 0.01,
            DisorderSeconds = 1,
        };

    public static MadeLoad Of(int count)
    {
        var options = Options(count);
        var stream = new MadeStream(options);
        var writer = new TickWriter(stream, options, TickForm.ContractB);
        var bytes = new ArrayBufferWriter<byte>(count * 480);
        var ends = new int[count];
        var ticks = new (int Instrument, long EventMicros)[count];
        var at = 0;
        foreach (var tick in stream.Read())
        {
            writer.Write(bytes, tick);
            ends[at] = bytes.WrittenCount;
            ticks[at++] = (tick.Instrument, tick.EventMicros);
        }

        return new MadeLoad(bytes.WrittenSpan.ToArray(), ends, ticks, [.. stream.Instruments.Select(NameOf)]);
    }

    /// <summary>The messages in pieces of so many.</summary>
    public IEnumerable<LoadPiece> Pieces(int messages)
    {
        for (var from = 0; from < Messages; from += messages)
        {
            var to = Math.Min(Messages, from + messages);
            var begin = from == 0 ? 0 : _ends[from - 1];
            var (instrument, micros) = _ticks[to - 1];
            yield return new LoadPiece(_bytes.AsMemory(begin, _ends[to - 1] - begin), to - from, _names[instrument], micros);
        }
    }

    private static string NameOf(MadeInstrument made) =>
        made.ContractMonth == 0 ? made.InstrumentId : $"{made.InstrumentId}@{made.MonthText}";
}

/// <summary>Messages that are sent together.</summary>
/// <param name="Bytes">The messages.</param>
/// <param name="Messages">How many.</param>
/// <param name="Instrument">Name of the instrument of the last one.</param>
/// <param name="EventMicros">When that happened.</param>
internal readonly record struct LoadPiece(ReadOnlyMemory<byte> Bytes, int Messages, string Instrument, long EventMicros);
