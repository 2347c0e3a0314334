using Aurum.Market.Ticks;
using Aurum.Ticks.State;

namespace Aurum.Ticks.Normalize;

/// <summary>Bytes in, ticks and dead letters out: the first stage.</summary>
/// <remarks>
/// <para>Lines are cut at line feeds, blank ones are nothing. Each message is a tick, a duplicate or a dead letter; nothing it holds can
/// make the stage throw.</para>
/// <para>Budget: <c>aurum bench ticks</c>; nothing is allocated for a message whose names are known.</para>
/// </remarks>
public sealed class NormalizeStage
{
    /// <summary>Bits by which event ids of a batch are told from those of batches before.</summary>
    private const int BatchBits = 4096;

    private readonly NormalizeOptions _options;
    private readonly TickChecks _checks;
    private readonly DuplicateWindow _duplicates;
    private readonly JsonTickReader _json;
    private readonly ulong[] _batch = new ulong[BatchBits / 64];
    private readonly Fault _fault = new();

    /// <summary>For rows of all streams, as only one is read at a time.</summary>
    private readonly byte[] _room;

    /// <exception cref="ArgumentOutOfRangeException">A limit out of its range.</exception>
    public NormalizeStage(NormalizeOptions options)
    {
        _options = options.Checked();
        Instruments = new TickInstruments(options.MaxTenants, options.MaxInstruments);
        Sources = new NameTable(options.MaxSources);
        _checks = new TickChecks(options, Instruments, Sources);
        _duplicates = new DuplicateWindow(options.DuplicateMessages, options.DuplicateSeconds * BarIntervals.MicrosPerSecond);
        _json = new JsonTickReader(options.MaxMessageBytes);
        _room = new byte[options.MaxMessageBytes];
    }

    public TickInstruments Instruments { get; }

    /// <summary>The systems that sent ticks.</summary>
    public NameTable Sources { get; }

    /// <summary>Messages so far: ticks, duplicates and dead letters.</summary>
    public long Messages { get; private set; }

    /// <summary>Messages so far whose event id was taken in before.</summary>
    public long Duplicates { get; private set; }

    /// <summary>A stream of bytes from its beginning. Instruments, sources and event ids are those of all streams.</summary>
    public TickStream Open(TickStreamOptions options) => new(options, options.Format switch
    {
        TickFormat.Csv => new CsvTickReader(options, _room),
        TickFormat.Binary => new BinaryTickReader(_options.MaxInstruments),
        _ => _json,
    });

    /// <summary>Takes bytes until they end, or until a batch is full. A batch ends before a message whose event id may be in it: should
    /// that tick be refused, the message is not its duplicate.</summary>
    /// <param name="stream">The stream, see <see cref="Open"/>.</param>
    /// <param name="bytes">The stream's next bytes: what was left over before, and more.</param>
    /// <param name="position">Place of the first of them in the stream.</param>
    /// <param name="isEnd">Whether nothing follows, so that a last line needs no line end.</param>
    /// <param name="most">Most messages to take.</param>
    /// <param name="ticks">Takes the ticks.</param>
    /// <param name="deadLetters">Takes what is no tick.</param>
    /// <returns>Bytes taken; the others are to be given again. 0: no message is whole.</returns>
    public int OnBytes(
        TickStream stream,
        ReadOnlySpan<byte> bytes,
        long position,
        bool isEnd,
        int most,
        Batch<Tick> ticks,
        Batch<DeadLetter> deadLetters)
    {
        var used = 0;
        var end = Messages + most;
        Array.Clear(_batch);
        while (used < bytes.Length && Messages < end)
        {
            var rest = bytes[used..];
            var frame = stream.Options.Format == TickFormat.Binary
                ? BinaryTicks.FrameOf(rest, isEnd, _options.MaxMessageBytes)
                : LineOf(stream, rest, isEnd);
            if (frame.Total == 0)
            {
                break;
            }

            if (frame.IsBroken)
            {
                OnBroken(stream, position + used + frame.Start, frame, deadLetters);
            }
            else if (frame.Length > 0 && !TryMessage(
                stream, rest.Slice(frame.Start, frame.Length), position + used + frame.Start, ticks, deadLetters))
            {
                break;
            }

            used += frame.Total;
        }

        return used;
    }

    /// <summary>Forgets a tick that was refused later on, so that its message can be sent again.</summary>
    public void Forget(in Tick tick) => _duplicates.Remove(new MessageKey(tick.KeyHigh, tick.Key));

    /// <summary>Remembers ticks as if their messages had come again, until one whose event id may be among them.</summary>
    /// <returns>Ticks taken; the others are a batch of their own.</returns>
    /// <exception cref="InvalidDataException">A tick that this stage cannot have made.</exception>
    public int Recall(ReadOnlySpan<Tick> ticks)
    {
        for (var i = 0; i < ticks.Length; i++)
        {
            ref readonly var tick = ref ticks[i];
            var key = new MessageKey(tick.KeyHigh, tick.Key);
            if (_duplicates.Has(in key))
            {
                return i > 0 ? i : throw new InvalidDataException(
                    $"expected ticks with event ids of their own, found {tick.KeyHigh:x16}{tick.Key:x16} twice");
            }

            _checks.Recall(in tick);
            _duplicates.Add(in key, tick.IngestedMicros);
            Messages++;
        }

        return ticks.Length;
    }

    internal void Save(StateWriter to)
    {
        to.Write(Messages);
        to.Write(Duplicates);
        for (var number = 0; number < Instruments.Count; number++)
        {
            Instruments.StateOf(number).Save(to);
        }

        _duplicates.Save(to);
    }

    /// <summary>Takes over what <see cref="Save"/> wrote; the names are there already, messages are not.</summary>
    internal void Load(ref StateReader from)
    {
        Messages = from.Int64();
        Duplicates = from.Int64();
        for (var number = 0; number < Instruments.Count; number++)
        {
            Instruments.StateOf(number).Load(ref from);
        }

        _duplicates.Load(ref from);
    }

    /// <summary>Takes over what became of messages that are not told again: those that were no ticks.</summary>
    internal void Recount(long messages, long duplicates) => (Messages, Duplicates) = (messages, duplicates);

    private Frame LineOf(TickStream stream, ReadOnlySpan<byte> rest, bool isEnd)
    {
        var length = rest.IndexOf((byte)'\n');
        var total = length + 1;
        if (length < 0)
        {
            if (!isEnd && rest.Length <= _options.MaxMessageBytes && !stream.IsSkipping)
            {
                return default;
            }

            length = total = rest.Length;
        }

        var hasEnded = total > length || isEnd;
        if (stream.IsSkipping)
        {
            stream.IsSkipping = !hasEnded;
            return new Frame(0, 0, total, IsBroken: false);
        }

        if (length > _options.MaxMessageBytes)
        {
            stream.IsSkipping = !hasEnded;
            return new Frame(0, length, total, IsBroken: true);
        }

        var start = 0;
        while (start < length && IsBlank(rest[start]))
        {
            start++;
        }

        while (length > start && IsBlank(rest[length - 1]))
        {
            length--;
        }

        return new Frame(start, length - start, total, IsBroken: false);
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r';

    /// <returns>False where the message has to wait for the next batch.</returns>
    private bool TryMessage(
        TickStream stream, ReadOnlySpan<byte> message, long position, Batch<Tick> ticks, Batch<DeadLetter> deadLetters)
    {
        _fault.Clear();
        RawTick raw = default;
        raw.Begin();
        switch (stream.Reader.Read(message, ref raw, _fault))
        {
            case ReadResult.Definition:
                return true;
            case ReadResult.Tick:
                raw.Tenant = raw.Tenant.IsEmpty ? stream.Tenant : raw.Tenant;
                if (!_checks.TryTenant(in raw, out var tenant, _fault))
                {
                    break;
                }

                var key = KeyOf(tenant, in raw);
                if (_duplicates.Has(in key))
                {
                    return TryDuplicate(in key);
                }

                if (!_checks.TryTick(ref raw, tenant, in key, out var tick, _fault))
                {
                    break;
                }

                _duplicates.Add(in key, raw.IngestedMicros);
                WordOf(in key) |= BitOf(in key);
                ticks.Add(tick with { Position = position, Length = message.Length });
                Messages++;
                return true;
            default:
                break;
        }

        deadLetters.Add(new DeadLetter(_fault.Reason, _fault.Field, _fault.Expected, _fault.Found, position, message.Length));
        Messages++;
        return true;
    }

    private bool TryDuplicate(in MessageKey key)
    {
        if ((WordOf(in key) & BitOf(in key)) != 0)
        {
            return false;
        }

        Duplicates++;
        Messages++;
        return true;
    }

    private ref ulong WordOf(in MessageKey key) => ref _batch[(key.Low % BatchBits) / 64];

    private static ulong BitOf(in MessageKey key) => 1UL << (int)(key.Low % 64);

    /// <summary>By the event id; of a row without one, by what it says.</summary>
    private static MessageKey KeyOf(int tenant, ref readonly RawTick raw)
    {
        var key = new MessageKey((ulong)tenant, 1);
        return raw.EventId.IsEmpty
            ? key.Then(raw.InstrumentId).Then(raw.Source).Then(raw.EventMicros).Then(raw.Sequence).Then(raw.ContractMonth)
            : key.Then(raw.EventId);
    }

    private void OnBroken(TickStream stream, long position, Frame frame, Batch<DeadLetter> deadLetters)
    {
        var isBinary = stream.Options.Format == TickFormat.Binary;
        deadLetters.Add(new DeadLetter(
            isBinary ? DeadLetterReason.InvalidRecord : DeadLetterReason.TooLong,
            "",
            isBinary ? "a record with its size and checksum" : $"a message of at most {_options.MaxMessageBytes} bytes",
            isBinary ? "other bytes" : "a longer one",
            position,
            frame.Length));
        Messages++;
    }
}
