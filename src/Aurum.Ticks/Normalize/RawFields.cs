using System.Text;
using Aurum.Market.Ticks;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using Aurum.Ticks.Reading;
using NodaTime;

namespace Aurum.Ticks.Normalize;

/// <summary>Gives the fields of a raw payload, or of a row, their meaning.</summary>
internal static class RawFields
{
    /// <summary>Takes one field that is there.</summary>
    /// <param name="role">What the field says.</param>
    /// <param name="text">Letters of a text, or digits of a number.</param>
    /// <param name="prefix">Path of the object that has the field.</param>
    /// <param name="name">The field's name in it.</param>
    /// <param name="raw">Takes the value.</param>
    /// <param name="fault">Takes what is wrong.</param>
    public static bool TryAssign(
        RawRole role,
        ReadOnlySpan<byte> text,
        string prefix,
        ReadOnlySpan<byte> name,
        ref RawTick raw,
        Fault fault)
    {
        switch (role)
        {
            case RawRole.Price or RawRole.LastPrice or RawRole.Value:
                return TryPrice(role, text, prefix, name, ref raw, fault);
            case RawRole.Volume:
                Optional(text, ref raw.Volume);
                return true;
            case RawRole.Bid:
                Optional(text, ref raw.Bid);
                return true;
            case RawRole.Ask:
                Optional(text, ref raw.Ask);
                return true;
            case RawRole.Time or RawRole.UtcTime or RawRole.LocalTime:
                SetTime(role, text, ref raw);
                return true;
            case RawRole.ContractMonth:
                return ContractMonth.TryParse(text, out raw.ContractMonth)
                    || fault.Set(DeadLetterReason.InvalidTime, Path(prefix, name), ContractMonth.Expected, text);
            case RawRole.PriceKind:
                raw.IsPriceRow = text.SequenceEqual("LMP"u8);
                raw.IsComponent = !raw.IsPriceRow;
                return true;
            case RawRole.RepeatedHour:
                raw.Repeated = text is [(byte)'Y' or (byte)'y' or (byte)'1'] or [(byte)'t', ..]
                    ? RepeatedTime.SecondPass
                    : RepeatedTime.FirstPass;
                return true;
            default:
                SetText(role, text, ref raw);
                return true;
        }
    }

    /// <summary>Turns the time text into the event time.</summary>
    public static bool TryResolveTime(string field, ref RawTick raw, Fault fault)
    {
        if (raw.TimeText.IsEmpty)
        {
            return fault.Set(DeadLetterReason.MissingField, field, EventTime.Expected, default);
        }

        var reason = raw.TimeRole == RawRole.Time
            ? EventTime.TryText(raw.TimeText, out raw.EventMicros)
            : EventTime.TryLocal(
                raw.TimeText,
                raw.TimeRole == RawRole.UtcTime ? DateTimeZone.Utc : raw.Market.Zone,
                raw.Repeated,
                out raw.EventMicros);
        return reason == 0 || fault.Set(reason, field, EventTime.Expected, raw.TimeText);
    }

    /// <summary>The path of a field, for messages.</summary>
    public static string Path(string prefix, ReadOnlySpan<byte> name) => prefix + Encoding.UTF8.GetString(name);

    /// <summary>Whether a text says that there is no value.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> text) =>
        text.IsEmpty || text.SequenceEqual("NA"u8) || text.SequenceEqual("N/A"u8) || text.SequenceEqual("null"u8);

    private static bool TryPrice(
        RawRole role, ReadOnlySpan<byte> text, string prefix, ReadOnlySpan<byte> name, ref RawTick raw, Fault fault)
    {
        if ((raw.PriceRole != RawRole.Ignored && raw.PriceRole <= role) || IsBlank(text))
        {
            return true;
        }

        raw.PriceRole = role;
        return Numbers.TryParseDecimal(text, out raw.Price)
            || fault.Set(DeadLetterReason.InvalidNumber, Path(prefix, name), "a decimal", text);
    }

    /// <summary>The contract calls a volume, bid or ask that is no number unknown.</summary>
    private static void Optional(ReadOnlySpan<byte> text, ref double value)
    {
        if (double.IsNaN(value) && Numbers.TryParseDecimal(text, out var number))
        {
            value = number;
        }
    }

    private static void SetTime(RawRole role, ReadOnlySpan<byte> text, ref RawTick raw)
    {
        if (!IsBlank(text) && (raw.TimeText.IsEmpty || role < raw.TimeRole))
        {
            raw.TimeText = text;
            raw.TimeRole = role;
        }
    }

    private static void SetText(RawRole role, ReadOnlySpan<byte> text, ref RawTick raw)
    {
        if (IsBlank(text))
        {
            return;
        }

        switch (role)
        {
            case RawRole.Currency when raw.Currency.IsEmpty:
                raw.Currency = text;
                break;
            case RawRole.Unit when raw.Unit.IsEmpty:
                raw.Unit = text;
                break;
            case RawRole.InstrumentId when raw.InstrumentId.IsEmpty:
                raw.InstrumentId = text;
                break;
            case RawRole.Place when raw.Place.IsEmpty:
                raw.Place = text;
                break;
            case RawRole.Zone:
                raw.HasZone = true;
                break;
            default:
                break;
        }
    }
}
