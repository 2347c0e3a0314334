using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Aurum.Ticks.Normalize;

/// <summary>Deals the messages of a stream out to lanes, so that all of an instrument of a tenant are in one lane, in their order. Each
/// lane's messages can be read alone: CSV rows have their header before them, binary records the names of their ticks.</summary>
/// <remarks>The lane is that of the key <c>tenant|instrument id</c> by <see cref="Murmur2"/>. What cannot be read goes by its own bytes: it
/// becomes a dead letter wherever it is read. One thread.</remarks>
public sealed class TickRouter
{
    private readonly TickStreamOptions _options;
    private readonly ITickReader _reader;
    private readonly byte[] _tenant;
    private readonly Lane[] _lanes;
    private readonly Fault _fault = new();
    private readonly Dictionary<int, byte[]> _definitions = [];
    private byte[] _header = [];

    /// <param name="options">How the stream is written.</param>
    /// <param name="lanes">Lanes, from 1.</param>
    /// <param name="limits">Limits of messages.</param>
    public TickRouter(TickStreamOptions options, int lanes, NormalizeOptions limits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        _options = options;
        _reader = options.Format switch
        {
            TickFormat.Csv => new CsvTickReader(options, new byte[limits.MaxMessageBytes]),
            TickFormat.Binary => new BinaryTickReader(limits.MaxInstruments),
            _ => new JsonTickReader(limits.MaxMessageBytes),
        };
        _tenant = Encoding.UTF8.GetBytes(options.Tenant);
        _lanes = [.. Enumerable.Range(0, lanes).Select(static _ => new Lane())];
        MaxMessageBytes = limits.MaxMessageBytes;
    }

    public int Lanes => _lanes.Length;

    private int MaxMessageBytes { get; }

    /// <summary>The lane of a key, as Kafka's own clients find the partition of a message.</summary>
    public static int LaneOf(ReadOnlySpan<byte> key, int lanes) => (int)((Murmur2.Of(key) & 0x7fffffff) % (uint)lanes);

    /// <summary>Messages that a lane has.</summary>
    public int CountOf(int lane) => _lanes[lane].Messages;

    /// <summary>What a lane has, to be read alone.</summary>
    public ReadOnlySpan<byte> BytesOf(int lane) => _lanes[lane].Bytes.WrittenSpan;

    /// <summary>Key of a lane's only message; of several, or one that cannot be read, nothing.</summary>
    public ReadOnlySpan<byte> KeyOf(int lane) => _lanes[lane].Messages == 1 ? _lanes[lane].Key.WrittenSpan : default;

    /// <summary>Empties a lane.</summary>
    public void Clear(int lane) => _lanes[lane].Clear();

    /// <summary>Takes the next message of the stream.</summary>
    /// <param name="bytes">The stream's next bytes: what was left over before, and more.</param>
    /// <param name="isEnd">Whether nothing follows.</param>
    /// <param name="lane">Lane that it went to; -1: it was no message.</param>
    /// <returns>Bytes taken; 0: no message is whole.</returns>
    public int Take(ReadOnlySpan<byte> bytes, bool isEnd, out int lane)
    {
        lane = -1;
        var frame = _options.Format == TickFormat.Binary ? BinaryTicks.FrameOf(bytes, isEnd, MaxMessageBytes) : LineOf(bytes, isEnd);
        if (frame.Total == 0)
        {
            return 0;
        }

        var message = bytes.Slice(frame.Start, frame.Length);
        if (!message.IsEmpty)
        {
            lane = Deal(bytes[..frame.Total], message, frame.IsBroken);
        }

        return frame.Total;
    }

    private static Frame LineOf(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        var length = bytes.IndexOf((byte)'\n');
        var total = length + 1;
        if (length < 0)
        {
            if (!isEnd)
            {
                return default;
            }

            length = total = bytes.Length;
        }

        var line = bytes[..length];
        return new Frame(0, line.Trim(" \t\r"u8).IsEmpty ? 0 : length, total, IsBroken: false);
    }

    private int Deal(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> message, bool isBroken)
    {
        RawTick raw = default;
        raw.Begin();
        _fault.Clear();
        var text = _options.Format == TickFormat.Binary ? message : message.Trim(" \t\r"u8);
        var result = isBroken || message.Length > MaxMessageBytes ? ReadResult.Fault : _reader.Read(text, ref raw, _fault);
        if (result == ReadResult.Definition)
        {
            Define(whole, message);
            return -1;
        }

        Span<byte> room = stackalloc byte[512];
        var id = raw.InstrumentId.IsEmpty ? raw.Symbol : raw.InstrumentId;
        var tenant = raw.Tenant.IsEmpty ? _tenant : raw.Tenant;
        var isRead = result == ReadResult.Tick && tenant.Length + 1 + id.Length <= room.Length;
        var key = isRead ? Key(room, tenant, id) : message;
        var number = LaneOf(key, _lanes.Length);
        var lane = _lanes[number];
        Put(lane, whole, message, isRead);
        lane.Key.ResetWrittenCount();
        if (isRead)
        {
            lane.Key.Write(key);
        }

        return number;
    }

    private static ReadOnlySpan<byte> Key(Span<byte> room, ReadOnlySpan<byte> tenant, ReadOnlySpan<byte> id)
    {
        tenant.CopyTo(room);
        room[tenant.Length] = (byte)'|';
        id.CopyTo(room[(tenant.Length + 1)..]);
        return room[..(tenant.Length + 1 + id.Length)];
    }

    private void Define(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> message)
    {
        if (_options.Format == TickFormat.Csv)
        {
            _header = whole[^1] == '\n' ? whole.ToArray() : [.. whole, (byte)'\n'];
            return;
        }

        var number = BinaryPrimitives.ReadInt32LittleEndian(message[1..]);
        _definitions[number] = whole.ToArray();
        foreach (var lane in _lanes)
        {
            // What it named before counts no more.
            lane.Defined.Remove(number);
        }
    }

    private void Put(Lane lane, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> message, bool isRead)
    {
        if (_options.Format == TickFormat.Binary && isRead)
        {
            var number = BinaryPrimitives.ReadInt32LittleEndian(message[1..]);
            if (lane.Defined.Add(number))
            {
                lane.Bytes.Write(_definitions[number]);
            }
        }
        else if (_options.Format == TickFormat.Csv && lane.Messages == 0)
        {
            lane.Bytes.Write(_header);
        }

        lane.Bytes.Write(whole);
        if (_options.Format != TickFormat.Binary && whole[^1] != '\n')
        {
            lane.Bytes.Write("\n"u8);
        }

        lane.Messages++;
    }

    private sealed class Lane
    {
        public ArrayBufferWriter<byte> Bytes { get; } = new();

        public ArrayBufferWriter<byte> Key { get; } = new();

        public HashSet<int> Defined { get; } = [];

        public int Messages { get; set; }

        public void Clear()
        {
            Bytes.ResetWrittenCount();
            Defined.Clear();
            Messages = 0;
        }
    }
}
