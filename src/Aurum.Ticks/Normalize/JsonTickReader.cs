using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Unicode;
using Aurum.Market.Ticks;
using Aurum.Ticks.Reading;

namespace Aurum.Ticks.Normalize;

/// <summary>Reads JSON lines of contract B (flat envelope, raw payload as a text) and of contract A (envelope and payload, raw data as
/// an object), told apart by A's <c>envelope</c>.</summary>
internal sealed class JsonTickReader(int maxMessageBytes) : ITickReader
{
    private const string RawPayloadPath = "payload.raw_payload.";
    private const string RawDataPath = "payload.raw_data.";

    private readonly MessageSlots _slots = new(maxMessageBytes);

    public ReadResult Read(ReadOnlySpan<byte> message, ref RawTick raw, Fault fault)
    {
        if (!System.Text.Ascii.IsValid(message) && !Utf8.IsValid(message))
        {
            fault.Set(DeadLetterReason.InvalidUtf8, "", "UTF-8", default);
            return ReadResult.Fault;
        }

        _slots.Clear();
        var json = new JsonCursor(message);
        if (!TryMembers(ref json, MessageField.Unknown, fault) || !json.TryEnd())
        {
            return NotJson(in json, message, fault);
        }

        var isRead = _slots.Has(MessageField.Envelope)
            ? TryContractA(message, ref raw, fault)
            : TryContractB(message, ref raw, fault);
        return isRead ? ReadResult.Tick : ReadResult.Fault;
    }

    private static ReadResult NotJson(in JsonCursor json, ReadOnlySpan<byte> message, Fault fault)
    {
        if (fault.Reason == 0)
        {
            fault.Set(
                DeadLetterReason.InvalidJson, "", $"JSON at byte {json.At} of the message", message[Math.Min(json.At, message.Length)..]);
        }

        return ReadResult.Fault;
    }

    /// <summary>Notes where the members of an object are, and of the objects in it that the contracts know.</summary>
    private bool TryMembers(ref JsonCursor json, MessageField parent, Fault fault)
    {
        if (!json.IsAtObject())
        {
            _ = json.TryValue(out var other);
            return !json.IsFaulty && fault.Set(DeadLetterReason.WrongType, MessageFields.Path(parent), "an object", other.Text);
        }

        json.TryBeginObject();
        while (json.TryMember(out var name))
        {
            var field = parent switch
            {
                MessageField.Payload => MessageFields.OfPayload(name.Text),
                MessageField.Metadata => MessageFields.OfMetadata(name.Text),
                _ => MessageFields.OfTop(name.Text),
            };
            if (!_slots.TryMark(field))
            {
                return fault.Set(DeadLetterReason.RepeatedField, MessageFields.Path(field), "the field once", "twice"u8);
            }

            if (field is MessageField.Payload or MessageField.Envelope || (field == MessageField.Metadata && json.IsAtObject()))
            {
                if (!TryMembers(ref json, field, fault))
                {
                    return false;
                }
            }
            else if (json.TryValue(out var value))
            {
                _slots.Set(field, value, json.At);
            }
        }

        return !json.IsFaulty;
    }

    private bool TryContractB(ReadOnlySpan<byte> message, ref RawTick raw, Fault fault) =>
        _slots.TryText(MessageField.EventId, message, out raw.EventId, fault)
        && _slots.TryText(MessageField.TraceId, message, out _, fault)
        && _slots.TryText(MessageField.Producer, message, out _, fault)
        && TryVersion(message, fault)
        && _slots.TryOptionalText(MessageField.TenantId, message, out raw.Tenant, fault)
        && _slots.TryTime(MessageField.OccurredAt, message, out raw.EventMicros, fault)
        && _slots.TryTime(MessageField.IngestedAt, message, out raw.IngestedMicros, fault)
        && TryHas(MessageField.Payload, fault)
        && _slots.TryText(MessageField.SourceSystem, message, out raw.Source, fault)
        && _slots.TryText(MessageField.Market, message, out raw.MarketCode, fault)
        && _slots.TryText(MessageField.Symbol, message, out raw.Symbol, fault)
        && _slots.TryTime(MessageField.ReceivedAt, message, out _, fault)
        && TrySequence(message, ref raw, fault)
        && TryEncoding(message, fault)
        && TryRawPayload(message, ref raw, fault)
        && TryMetadata(message, ref raw, fault);

    private bool TryContractA(ReadOnlySpan<byte> message, ref RawTick raw, Fault fault)
    {
        var isRead = _slots.TryText(MessageField.EventId, message, out raw.EventId, fault)
            && TryVersion(message, fault)
            && _slots.TryOptionalText(MessageField.TenantId, message, out raw.Tenant, fault)
            && _slots.TryTime(MessageField.Timestamp, message, out raw.IngestedMicros, fault)
            && _slots.TryText(MessageField.Source, message, out raw.Source, fault)
            && TryHas(MessageField.Payload, fault)
            && _slots.TryText(MessageField.Market, message, out raw.MarketCode, fault)
            && _slots.TryText(MessageField.InstrumentId, message, out raw.InstrumentId, fault);
        if (!isRead)
        {
            return false;
        }

        raw.Market = MarketDialects.Of(raw.MarketCode);
        raw.Symbol = raw.InstrumentId;
        var data = _slots.Of(MessageField.RawData, message);
        return data.Kind switch
        {
            JsonKind.Object => TryRawObject(data.Text, RawDataPath, ref raw, fault)
                && RawFields.TryResolveTime(RawDataPath + "timestamp", ref raw, fault),
            JsonKind.Null => fault.Set(DeadLetterReason.MissingField, MessageFields.Path(MessageField.RawData), "an object", default),
            _ => fault.Set(DeadLetterReason.WrongType, MessageFields.Path(MessageField.RawData), "an object", data.Text),
        };
    }

    private bool TryHas(MessageField field, Fault fault) =>
        _slots.Has(field) || fault.Set(DeadLetterReason.MissingField, MessageFields.Path(field), "an object", default);

    private bool TryVersion(ReadOnlySpan<byte> message, Fault fault) =>
        _slots.TryOptionalText(MessageField.SchemaVersion, message, out var version, fault)
        && (version.IsEmpty || version.StartsWith("1."u8)
            || fault.Set(DeadLetterReason.UnsupportedVersion, MessageFields.Path(MessageField.SchemaVersion), "1.x", version));

    private bool TryEncoding(ReadOnlySpan<byte> message, Fault fault) =>
        _slots.TryOptionalText(MessageField.Encoding, message, out var encoding, fault)
        && (encoding.IsEmpty || encoding.SequenceEqual("json"u8)
            || fault.Set(DeadLetterReason.UnsupportedEncoding, MessageFields.Path(MessageField.Encoding), "json", encoding));

    private bool TrySequence(ReadOnlySpan<byte> message, ref RawTick raw, Fault fault)
    {
        var value = _slots.Of(MessageField.Sequence, message);
        if (value.Kind == JsonKind.Null)
        {
            return true;
        }

        return (value.Kind == JsonKind.Number && Utf8Parser.TryParse(value.Text, out raw.Sequence, out var used)
                && used == value.Text.Length && raw.Sequence >= 0)
            || fault.Set(
                value.Kind == JsonKind.Number ? DeadLetterReason.InvalidNumber : DeadLetterReason.WrongType,
                MessageFields.Path(MessageField.Sequence),
                "a whole number from 0",
                value.Text);
    }

    private bool TryRawPayload(ReadOnlySpan<byte> message, ref RawTick raw, Fault fault)
    {
        var path = MessageFields.Path(MessageField.RawPayload);
        var value = _slots.Of(MessageField.RawPayload, message);
        if (value.Kind is JsonKind.Null)
        {
            return fault.Set(DeadLetterReason.MissingField, path, "a text that is a JSON object", default);
        }

        if (value.Kind != JsonKind.Text || !_slots.TryPlain(value, out var text))
        {
            return fault.Set(DeadLetterReason.WrongType, path, "a text that is a JSON object", value.Text);
        }

        raw.Market = MarketDialects.Of(raw.MarketCode);
        return TryChecksum(message, text, fault) && TryRawObject(text, RawPayloadPath, ref raw, fault);
    }

    private bool TryChecksum(ReadOnlySpan<byte> message, ReadOnlySpan<byte> payload, Fault fault)
    {
        if (!_slots.TryOptionalText(MessageField.Checksum, message, out var checksum, fault))
        {
            return false;
        }

        if (checksum.IsEmpty)
        {
            return true;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> hex = stackalloc byte[2 * SHA256.HashSizeInBytes];
        SHA256.HashData(payload, hash);
        Convert.TryToHexStringLower(hash, hex, out _);
        return System.Text.Ascii.EqualsIgnoreCase(checksum, hex)
            || fault.Set(
                DeadLetterReason.ChecksumMismatch,
                MessageFields.Path(MessageField.Checksum),
                $"{Convert.ToHexStringLower(hash)}, the SHA-256 of raw_payload",
                checksum);
    }

    private bool TryRawObject(ReadOnlySpan<byte> text, string prefix, ref RawTick raw, Fault fault)
    {
        var json = new JsonCursor(text);
        json.TryBeginObject();
        while (json.TryMember(out var name) && json.TryValue(out var value))
        {
            if (value.Kind == JsonKind.Null)
            {
                continue;
            }

            var role = raw.Market.RoleOf(name.Text);
            if (role == RawRole.Ignored)
            {
                continue;
            }

            if (value.Kind > JsonKind.Number || (value.Kind == JsonKind.Number && IsWord(role)))
            {
                return fault.Set(
                    DeadLetterReason.WrongType, RawFields.Path(prefix, name.Text), IsWord(role) ? "a text" : "a number", value.Text);
            }

            if (!_slots.TryPlain(value, out var plain))
            {
                return fault.Set(DeadLetterReason.InvalidText, RawFields.Path(prefix, name.Text), "whole letters", value.Text);
            }

            if (!RawFields.TryAssign(role, plain.Trim((byte)' '), prefix, name.Text, ref raw, fault))
            {
                return false;
            }
        }

        return (!json.IsFaulty && json.TryEnd()) || fault.Set(
            DeadLetterReason.InvalidPayload, prefix.TrimEnd('.'), "a JSON object", text[Math.Min(json.At, text.Length)..]);
    }

    private static bool IsWord(RawRole role) =>
        role is RawRole.InstrumentId or RawRole.Currency or RawRole.Unit or RawRole.ContractMonth;

    /// <summary>The instrument is the metadata's before the raw payload's; currency and unit the other way round.</summary>
    private bool TryMetadata(ReadOnlySpan<byte> message, ref RawTick raw, Fault fault)
    {
        if (!_slots.TryOptionalText(MessageField.MetadataInstrumentId, message, out var instrument, fault)
            || !_slots.TryOptionalText(MessageField.MetadataCurrency, message, out var currency, fault)
            || !_slots.TryOptionalText(MessageField.MetadataUnit, message, out var unit, fault))
        {
            return false;
        }

        raw.InstrumentId = !instrument.IsEmpty ? instrument : !raw.InstrumentId.IsEmpty ? raw.InstrumentId : raw.Symbol;
        raw.Currency = raw.Currency.IsEmpty ? currency : raw.Currency;
        raw.Unit = raw.Unit.IsEmpty ? unit : raw.Unit;
        return true;
    }
}
