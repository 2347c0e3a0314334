using System.Text.Json;
using Aurum.App.Api.Ticks;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Frames;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Tailing;

/// <summary>Blocks of ticks as JSON: raw messages of sources, and frames of the stages. Ticks, bars and prices look as in
/// <c>/v1/ticks</c>.</summary>
/// <remarks>A frame has the names alone that are new in it: who begins in the middle of a topic sees numbers for those that came
/// before.</remarks>
internal sealed class TickBlocks
{
    private const int MostAtOnce = 65_536;

    private static readonly NormalizeOptions Small = new() { DuplicateMessages = 4_096 };

    private readonly Dictionary<(int Partition, int Number), TickInstrument> _instruments = [];
    private readonly Dictionary<(int Partition, int Number), string> _sources = [];

    /// <summary>What a message says that it is.</summary>
    public static BlockKind KindOf(in IncomingMessage message) =>
        !message.TryHeader(KafkaHeaders.ContentType, out var type) ? BlockKind.None
        : type.SequenceEqual("application/vnd.aurum.tick-frame"u8) ? BlockKind.Frame
        : type.SequenceEqual("application/vnd.aurum.ticks"u8) || type.SequenceEqual("text/csv"u8) ? BlockKind.Raw
        : type.SequenceEqual("application/x-ndjson"u8) ? BlockKind.Lines
        : BlockKind.None;

    /// <summary>Writes what is in a block.</summary>
    /// <returns>Why it could not be read; null: it was.</returns>
    public string? Write(Utf8JsonWriter json, BlockKind kind, in IncomingMessage message)
    {
        switch (kind)
        {
            case BlockKind.Lines:
                return WriteLines(json, message.Value);
            case BlockKind.Raw:
                WriteRaw(json, in message);
                return null;
            default:
                return WriteFrame(json, message.Partition.Number, message.Value.ToArray());
        }
    }

    /// <summary>JSON lines as they are.</summary>
    private static string? WriteLines(Utf8JsonWriter json, ReadOnlySpan<byte> lines)
    {
        var messages = new List<JsonDocument>();
        try
        {
            foreach (var range in lines.Split((byte)'\n'))
            {
                var line = lines[range].Trim(" \t\r"u8);
                if (!line.IsEmpty)
                {
                    var reader = new Utf8JsonReader(line);
                    messages.Add(JsonDocument.ParseValue(ref reader));
                }
            }

            json.WriteStartArray("messages");
            messages.ForEach(m => m.RootElement.WriteTo(json));
            json.WriteEndArray();
            return null;
        }
        catch (JsonException e)
        {
            return $"line {messages.Count + 1} is no JSON: {e.Message}";
        }
        finally
        {
            messages.ForEach(static m => m.Dispose());
        }
    }

    /// <summary>Rows and records, as the first stage reads them.</summary>
    private static void WriteRaw(Utf8JsonWriter json, in IncomingMessage message)
    {
        var normalize = new NormalizeStage(Small);
        var stream = normalize.Open(TickTopics.FormOf(in message));
        using var ticks = new Batch<Tick>();
        using var letters = new Batch<DeadLetter>();
        var bytes = message.Value;
        for (int used = 0, taken = 1; taken > 0 && used < bytes.Length; used += taken)
        {
            taken = normalize.OnBytes(stream, bytes[used..], used, isEnd: true, MostAtOnce, ticks, letters);
        }

        json.WriteStartArray("ticks");
        foreach (ref readonly var tick in ticks.Items)
        {
            Write(json, TickEventKind.Tick, normalize.Instruments[tick.Instrument], normalize.Sources[tick.Source], tick: tick);
        }

        json.WriteEndArray();
        if (normalize.Duplicates > 0)
        {
            json.WriteNumber("duplicates", normalize.Duplicates);
        }

        WriteLetters(json, letters.Items.ToArray());
    }

    private string? WriteFrame(Utf8JsonWriter json, int partition, byte[] bytes)
    {
        TickFrame frame;
        try
        {
            frame = TickFrameReader.Read(bytes);
        }
        catch (InvalidDataException e)
        {
            return $"no frame of ticks: {e.Message}";
        }

        Learn(partition, frame.Names);
        json.WriteStartArray("ticks");
        foreach (ref readonly var tick in frame.Ticks)
        {
            Write(json, TickEventKind.Tick, Instrument(partition, tick.Instrument), Source(partition, tick.Source), tick: tick);
        }

        json.WriteEndArray();
        json.WriteStartArray("bars");
        foreach (ref readonly var bar in frame.Bars)
        {
            Write(json, TickEventKind.Bar, Instrument(partition, bar.Instrument), "", bar: bar);
        }

        json.WriteEndArray();
        WriteLetters(json, [.. frame.Letters.Select(static l => l.Letter)]);
        return null;
    }

    private static void Write(
        Utf8JsonWriter json, TickEventKind kind, TickInstrument instrument, string source, Tick tick = default, Bar bar = default)
    {
        var happened = new TickEvent(default, kind, instrument, source, tick, bar, default, default);
        TickEventJson.Write(json, in happened);
    }

    private static void WriteLetters(Utf8JsonWriter json, IReadOnlyCollection<DeadLetter> letters)
    {
        if (letters.Count == 0)
        {
            return;
        }

        json.WriteStartArray("dead_letters");
        foreach (var letter in letters)
        {
            json.WriteStringValue(letter.ToString());
        }

        json.WriteEndArray();
    }

    private void Learn(int partition, TickNames names)
    {
        for (var i = 0; i < names.Instruments.Names.Count; i++)
        {
            _instruments[(partition, names.Instruments.First + i)] = names.Instruments.Names[i];
        }

        for (var i = 0; i < names.Sources.Names.Count; i++)
        {
            _sources[(partition, names.Sources.First + i)] = names.Sources.Names[i];
        }
    }

    private TickInstrument Instrument(int partition, int number) => _instruments.GetValueOrDefault((partition, number))
        ?? new TickInstrument(number, "", $"#{number}", "", "", 0, "", "");

    private string Source(int partition, int number) => _sources.GetValueOrDefault((partition, number)) ?? $"#{number}";
}

/// <summary>How ticks stand in a message.</summary>
internal enum BlockKind
{
    /// <summary>It is no block of ticks.</summary>
    None,

    /// <summary>Lines of JSON.</summary>
    Lines,

    /// <summary>Rows or records of a source.</summary>
    Raw,

    /// <summary>A frame of a stage.</summary>
    Frame,
}
