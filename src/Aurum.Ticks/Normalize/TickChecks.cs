using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Aurum.Market.Text;
using Aurum.Market.Ticks;
using Aurum.Ticks.Reading;

namespace Aurum.Ticks.Normalize;

/// <summary>Turns what a message says into a tick, or finds the first rule that it breaks.</summary>
internal sealed class TickChecks(NormalizeOptions options, TickInstruments instruments, NameTable sources)
{
    private const int MaxIdBytes = 128;
    private const string Plain = "letters without control characters";

    private readonly long _futureMicros = options.FutureSeconds * BarIntervals.MicrosPerSecond;
    private readonly long _lateMicros = options.LateSeconds * BarIntervals.MicrosPerSecond;

    /// <summary>The number of the message's tenant.</summary>
    public bool TryTenant(ref readonly RawTick raw, out int tenant, Fault fault)
    {
        if (!PlainText.IsWhole(raw.Tenant))
        {
            tenant = -1;
            return fault.Set(DeadLetterReason.InvalidText, "tenant_id", Plain, raw.Tenant);
        }

        return instruments.TryTenant(raw.Tenant, out tenant)
            || fault.Set(DeadLetterReason.TooManyNames, "tenant_id", $"at most {options.MaxTenants} tenants", raw.Tenant);
    }

    /// <summary>The tick that a message says.</summary>
    public bool TryTick(ref RawTick raw, int tenant, in MessageKey key, out Tick tick, Fault fault)
    {
        tick = default;
        if (!TryTimes(ref raw, fault) || !TryIdentity(in raw, fault))
        {
            return false;
        }

        var state = instruments.Find(tenant, in raw);
        if (state is null && !TryNew(tenant, in raw, out state, fault))
        {
            return false;
        }

        if (!TrySource(in raw, state, out var source, fault)
            || !TrySame(in raw, state, fault)
            || !TryNumbers(ref raw, state, out var flags, fault))
        {
            return false;
        }

        flags |= raw.IngestedMicros - raw.EventMicros > _lateMicros ? QualityFlags.LateArrival : QualityFlags.None;
        flags |= state.Follow(source, raw.Sequence, raw.EventMicros);
        state.LastPrice = raw.Price;
        tick = new Tick
        {
            Instrument = state.Instrument.Number,
            Source = source,
            EventMicros = raw.EventMicros,
            IngestedMicros = raw.IngestedMicros,
            Sequence = raw.Sequence,
            Key = key.Low,
            KeyHigh = key.High,
            Price = raw.Price,
            Volume = raw.Volume,
            Bid = raw.Bid,
            Ask = raw.Ask,
            Flags = flags,
            HasNodeOrHub = !raw.Place.IsEmpty,
            HasZone = raw.HasZone,
        };
        return true;
    }

    /// <summary>Remembers of a tick what <see cref="TryTick"/> did.</summary>
    /// <exception cref="InvalidDataException">A number that stands for nothing.</exception>
    public void Recall(in Tick tick)
    {
        if ((uint)tick.Instrument >= (uint)instruments.Count || (uint)tick.Source >= (uint)sources.Count
            || !EventTime.IsPlausible(tick.EventMicros) || !EventTime.IsPlausible(tick.IngestedMicros))
        {
            throw new InvalidDataException(
                $"expected an instrument below {instruments.Count}, a source below {sources.Count} and times in microseconds, "
                + $"found {tick}");
        }

        var state = instruments.StateOf(tick.Instrument);
        state.Follow(tick.Source, tick.Sequence, tick.EventMicros);
        state.LastPrice = tick.Price;
    }

    private bool TryTimes(ref RawTick raw, Fault fault)
    {
        if (raw.IngestedMicros == long.MinValue)
        {
            raw.IngestedMicros = raw.EventMicros;
        }

        return raw.EventMicros <= raw.IngestedMicros + _futureMicros || fault.Set(
            DeadLetterReason.TimeInFuture,
            "occurred_at",
            $"a time at most {options.FutureSeconds} s after ingestion",
            Encoding.UTF8.GetBytes(
                ((raw.EventMicros - raw.IngestedMicros) / 1e6).ToString("0.###' s after'", CultureInfo.InvariantCulture)));
    }

    private bool TryIdentity(ref readonly RawTick raw, Fault fault)
    {
        if (raw.InstrumentId.Length == 0)
        {
            return fault.Set(DeadLetterReason.MissingInstrumentId, "payload.instrument_id", "an instrument's id", default);
        }

        if (raw.InstrumentId.Length > MaxIdBytes || raw.InstrumentId.Length < options.LeastInstrumentIdLetters)
        {
            return fault.Set(
                DeadLetterReason.InvalidText,
                "payload.instrument_id",
                $"{options.LeastInstrumentIdLetters} to {MaxIdBytes} bytes",
                raw.InstrumentId);
        }

        return !raw.IsComponent
            || fault.Set(DeadLetterReason.NotAPrice, "payload.raw_payload.LMP_TYPE", "LMP", "a component of the price"u8);
    }

    /// <summary>The instrument of a message that is the first of it. Its texts are looked at here alone: those of all others are the
    /// same.</summary>
    private bool TryNew(int tenant, ref readonly RawTick raw, [NotNullWhen(true)] out InstrumentState? state, Fault fault)
    {
        state = null;
        if (!TryPlain("payload.instrument_id", raw.InstrumentId, fault)
            || !TryPlain("payload.symbol", raw.Symbol, fault)
            || !TryPlain("payload.market", raw.MarketCode, fault)
            || !TryPlain("payload.raw_payload.currency", raw.Currency, fault)
            || !TryPlain("payload.raw_payload.unit", raw.Unit, fault))
        {
            return false;
        }

        state = instruments.Add(tenant, in raw);
        return state is not null || fault.Set(
            DeadLetterReason.TooManyNames, "payload.instrument_id", $"at most {options.MaxInstruments} instruments", raw.InstrumentId);
    }

    private static bool TryPlain(string field, ReadOnlySpan<byte> text, Fault fault) =>
        PlainText.Is(text) || fault.Set(DeadLetterReason.InvalidText, field, Plain, text);

    private bool TrySource(ref readonly RawTick raw, InstrumentState state, out int source, Fault fault)
    {
        source = state.FirstSource;
        if (source >= 0 && raw.Source.SequenceEqual(state.FirstSourceUtf8))
        {
            return true;
        }

        if (!TryPlain("payload.source_system", raw.Source, fault))
        {
            return false;
        }

        if (!sources.TryNumber(raw.Source, out source))
        {
            return fault.Set(
                DeadLetterReason.TooManyNames, "payload.source_system", $"at most {options.MaxSources} sources", raw.Source);
        }

        state.NoteSource(source, raw.Source);
        return true;
    }

    /// <summary>An instrument has one market, one currency and one unit: a mean of two would mean nothing.</summary>
    private static bool TrySame(ref readonly RawTick raw, InstrumentState state, Fault fault)
    {
        var market = raw.Market.IsKnown ? raw.Market.CodeUtf8 : raw.MarketCode;
        if (!Ascii.EqualsIgnoreCase(market, state.MarketUtf8) && !IsSameText(market, state.Instrument.Market))
        {
            return fault.Set(DeadLetterReason.MarketMismatch, "payload.market", state.Instrument.Market, raw.MarketCode);
        }

        if (!raw.Currency.IsEmpty && !Ascii.EqualsIgnoreCase(raw.Currency, state.CurrencyUtf8)
            && !IsSameText(raw.Currency, state.Instrument.Currency))
        {
            return fault.Set(DeadLetterReason.UnitMismatch, "payload.raw_payload.currency", state.Instrument.Currency, raw.Currency);
        }

        return raw.Unit.IsEmpty || raw.Unit.SequenceEqual(state.UnitUtf8)
            || fault.Set(DeadLetterReason.UnitMismatch, "payload.raw_payload.unit", state.Instrument.Unit, raw.Unit);
    }

    /// <summary>Letters beyond ASCII, which are compared as they were stored.</summary>
    private static bool IsSameText(ReadOnlySpan<byte> text, string stored) =>
        !Ascii.IsValid(text) && Encoding.UTF8.GetString(text).Equals(stored, StringComparison.OrdinalIgnoreCase);

    private bool TryNumbers(ref RawTick raw, InstrumentState state, out QualityFlags flags, Fault fault)
    {
        flags = state.Dialect.IsKnown ? QualityFlags.None : QualityFlags.UnknownMarket;
        if (double.IsNaN(raw.Price))
        {
            if (!options.BackfillsPrices || double.IsNaN(state.LastPrice))
            {
                return fault.Set(DeadLetterReason.MissingPrice, "payload.raw_payload.price", "price, last_price or value", default);
            }

            raw.Price = state.LastPrice;
            flags |= QualityFlags.PriceBackfilled;
        }

        if (Math.Abs(raw.Price) >= options.PriceLimit)
        {
            return fault.Set(
                DeadLetterReason.PriceLimit,
                "payload.raw_payload.price",
                $"less than {options.PriceLimit:0} of either sign",
                Digits(raw.Price));
        }

        if (raw.Volume < 0)
        {
            return fault.Set(DeadLetterReason.VolumeNegative, "payload.raw_payload.volume", "0 or more", Digits(raw.Volume));
        }

        if (raw.Volume >= options.VolumeLimit)
        {
            return fault.Set(
                DeadLetterReason.VolumeLimit, "payload.raw_payload.volume", $"less than {options.VolumeLimit:0}", Digits(raw.Volume));
        }

        flags = FlagsOf(in raw, state.Dialect, flags);
        return true;
    }

    private static QualityFlags FlagsOf(ref readonly RawTick raw, MarketDialect dialect, QualityFlags flags)
    {
        flags |= raw.Price < 0 ? QualityFlags.PriceNegative : QualityFlags.None;
        flags |= raw.Price < dialect.Prices.Least || raw.Price > dialect.Prices.Most ? QualityFlags.OutOfRange : QualityFlags.None;
        flags |= double.IsNaN(raw.Volume) ? QualityFlags.MissingVolume : QualityFlags.None;
        flags |= raw.Volume > dialect.MostVolume ? QualityFlags.VolumeSpike : QualityFlags.None;
        flags |= raw.PriceRole != RawRole.Price && !raw.IsPriceRow && !flags.HasFlag(QualityFlags.PriceBackfilled)
            ? QualityFlags.MissingPricePrimary
            : QualityFlags.None;
        flags |= raw.Bid > raw.Ask ? QualityFlags.CrossedQuote : QualityFlags.None;
        return flags;
    }

    private static byte[] Digits(double value) => Encoding.UTF8.GetBytes(value.ToString("R", CultureInfo.InvariantCulture));
}
