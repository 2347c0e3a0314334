using Aurum.Market.Ticks;

namespace Aurum.Ticks.Normalize;

/// <summary>Bytes in, ticks and dead letters out: the first stage.</summary>
/// <remarks>
/// <para>Lines are cut at line feeds, blank ones are nothing. Each message is a tick, a duplicate or a dead letter; nothing it holds can
/// make the stage throw.</para>
/// <para>Budget: <c>aurum bench ticks</c>; nothing is allocated for a message whose names are known.</para>
/// </remarks>
public sealed class NormalizeStage
{
    private readonly NormalizeOptions _options;
    private readonly ITickReader _reader;
    private readonly TickChecks _checks;
    private readonly DuplicateWindow _duplicates;
    private readonly Fault _fault = new();
    private bool _isSkipping;

    /// <exception cref="ArgumentOutOfRangeException">A limit out of its range.</exception>
    public NormalizeStage(NormalizeOptions options)
    {
        _options = options.Checked();
        Instruments = new TickInstruments(options.MaxTenants, options.MaxInstruments);
        Sources = new NameTable(options.MaxSources);
        _checks = new TickChecks(options, Instruments, Sources);
        _duplicates = new DuplicateWindow(options.DuplicateMessages, options.DuplicateSeconds * BarIntervals.MicrosPerSecond);
        _reader = options.Format switch
        {
            TickFormat.Csv => new CsvTickReader(options),
            TickFormat.Binary => new BinaryTickReader(options),
            _ => new JsonTickReader(options),
        };
    }

    public TickInstruments Instruments { get; }

    /// <summary>The systems that sent ticks.</summary>
    public NameTable Sources { get; }

    /// <summary>Messages so far: ticks, duplicates and dead letters.</summary>
    public long Messages { get; private set; }

    /// <summary>Messages so far whose event id was taken in before.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Takes bytes until they end, or until a batch is full.</summary>
    /// <param name="bytes">The stream's next bytes: what was left over before, and more.</param>
    /// <param name="position">Place of the first of them in the stream.</param>
    /// <param name="isEnd">Whether nothing follows, so that a last line needs no line end.</param>
    /// <param name="most">Most messages to take.</param>
    /// <param name="ticks">Takes the ticks.</param>
    /// <param name="deadLetters">Takes what is no tick.</param>
    /// <returns>Bytes taken; the others are to be given again.</returns>
    public int OnBytes(
        ReadOnlySpan<byte> bytes, long position, bool isEnd, int most, Batch<Tick> ticks, Batch<DeadLetter> deadLetters)
    {
        var used = 0;
        var end = Messages + most;
        while (used < bytes.Length && Messages < end)
        {
            var rest = bytes[used..];
            var frame = _options.Format == TickFormat.Binary
                ? BinaryTicks.FrameOf(rest, isEnd, _options.MaxMessageBytes)
                : LineOf(rest, isEnd);
            if (frame.Total == 0)
            {
                break;
            }

            if (frame.IsBroken)
            {
                OnBroken(position + used + frame.Start, frame, deadLetters);
            }
            else if (frame.Length > 0)
            {
                OnMessage(rest.Slice(frame.Start, frame.Length), position + used + frame.Start, ticks, deadLetters);
            }

            used += frame.Total;
        }

        return used;
    }

    private Frame LineOf(ReadOnlySpan<byte> rest, bool isEnd)
    {
        var length = rest.IndexOf((byte)'\n');
        var total = length + 1;
        if (length < 0)
        {
            if (!isEnd && rest.Length <= _options.MaxMessageBytes && !_isSkipping)
            {
                return default;
            }

            length = total = rest.Length;
        }

        var hasEnded = total > length || isEnd;
        if (_isSkipping)
        {
            _isSkipping = !hasEnded;
            return new Frame(0, 0, total, IsBroken: false);
        }

        if (length > _options.MaxMessageBytes)
        {
            _isSkipping = !hasEnded;
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

    private void OnMessage(ReadOnlySpan<byte> message, long position, Batch<Tick> ticks, Batch<DeadLetter> deadLetters)
    {
        _fault.Clear();
        RawTick raw = default;
        raw.Begin();
        switch (_reader.Read(message, ref raw, _fault))
        {
            case ReadResult.Definition:
                return;
            case ReadResult.Tick when TryTake(ref raw, position, message.Length, ticks):
                break;
            default:
                deadLetters.Add(new DeadLetter(
                    _fault.Reason, _fault.Field, _fault.Expected, _fault.Found, position, message.Length));
                break;
        }

        Messages++;
    }

    private bool TryTake(ref RawTick raw, long position, int length, Batch<Tick> ticks)
    {
        if (!_checks.TryTenant(in raw, out var tenant, _fault))
        {
            return false;
        }

        var key = KeyOf(tenant, in raw);
        if (_duplicates.Has(in key))
        {
            Duplicates++;
            return true;
        }

        if (!_checks.TryTick(ref raw, tenant, in key, out var tick, _fault))
        {
            return false;
        }

        _duplicates.Add(in key, raw.IngestedMicros);
        ticks.Add(tick with { Position = position, Length = length });
        return true;
    }

    /// <summary>By the event id; of a row without one, by what it says.</summary>
    private static MessageKey KeyOf(int tenant, ref readonly RawTick raw)
    {
        var key = new MessageKey((ulong)tenant, 1);
        return raw.EventId.IsEmpty
            ? key.Then(raw.InstrumentId).Then(raw.Source).Then(raw.EventMicros).Then(raw.Sequence).Then(raw.ContractMonth)
            : key.Then(raw.EventId);
    }

    private void OnBroken(long position, Frame frame, Batch<DeadLetter> deadLetters)
    {
        var isBinary = _options.Format == TickFormat.Binary;
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
