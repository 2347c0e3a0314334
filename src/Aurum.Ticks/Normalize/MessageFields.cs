namespace Aurum.Ticks.Normalize;

/// <summary>Finds the field that a name means, by its length first, and the path that a person finds it by.</summary>
internal static class MessageFields
{
    public const int Count = (int)MessageField.MetadataUnit + 1;

    /// <summary>Of the message itself and of contract A's <c>envelope</c>.</summary>
    public static MessageField OfTop(ReadOnlySpan<byte> name) => name.Length switch
    {
        6 => name.SequenceEqual("source"u8) ? MessageField.Source : MessageField.Unknown,
        7 => name.SequenceEqual("payload"u8) ? MessageField.Payload
            : name.SequenceEqual("version"u8) ? MessageField.SchemaVersion
            : MessageField.Unknown,
        8 => name.SequenceEqual("event_id"u8) ? MessageField.EventId
            : name.SequenceEqual("trace_id"u8) ? MessageField.TraceId
            : name.SequenceEqual("producer"u8) ? MessageField.Producer
            : name.SequenceEqual("envelope"u8) ? MessageField.Envelope
            : MessageField.Unknown,
        9 => name.SequenceEqual("tenant_id"u8) ? MessageField.TenantId
            : name.SequenceEqual("timestamp"u8) ? MessageField.Timestamp
            : MessageField.Unknown,
        10 => name.SequenceEqual("event_type"u8) ? MessageField.EventType : MessageField.Unknown,
        11 => name.SequenceEqual("occurred_at"u8) ? MessageField.OccurredAt
            : name.SequenceEqual("ingested_at"u8) ? MessageField.IngestedAt
            : MessageField.Unknown,
        14 => name.SequenceEqual("schema_version"u8) ? MessageField.SchemaVersion : MessageField.Unknown,
        _ => MessageField.Unknown,
    };

    /// <summary>Of <c>payload</c>.</summary>
    public static MessageField OfPayload(ReadOnlySpan<byte> name) => name.Length switch
    {
        6 => name.SequenceEqual("market"u8) ? MessageField.Market
            : name.SequenceEqual("symbol"u8) ? MessageField.Symbol
            : MessageField.Unknown,
        8 => name.SequenceEqual("sequence"u8) ? MessageField.Sequence
            : name.SequenceEqual("encoding"u8) ? MessageField.Encoding
            : name.SequenceEqual("metadata"u8) ? MessageField.Metadata
            : name.SequenceEqual("checksum"u8) ? MessageField.Checksum
            : name.SequenceEqual("raw_data"u8) ? MessageField.RawData
            : MessageField.Unknown,
        11 => name.SequenceEqual("raw_payload"u8) ? MessageField.RawPayload
            : name.SequenceEqual("received_at"u8) ? MessageField.ReceivedAt
            : name.SequenceEqual("retry_count"u8) ? MessageField.RetryCount
            : MessageField.Unknown,
        13 => name.SequenceEqual("source_system"u8) ? MessageField.SourceSystem
            : name.SequenceEqual("instrument_id"u8) ? MessageField.InstrumentId
            : MessageField.Unknown,
        _ => MessageField.Unknown,
    };

    /// <summary>Of <c>payload.metadata</c>.</summary>
    public static MessageField OfMetadata(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("instrument_id"u8) ? MessageField.MetadataInstrumentId
        : name.SequenceEqual("unit"u8) ? MessageField.MetadataUnit
        : name.SequenceEqual("currency"u8) ? MessageField.MetadataCurrency
        : MessageField.Unknown;

    /// <summary>Where the field stands: <c>payload.market</c>.</summary>
    public static string Path(MessageField field) => field switch
    {
        MessageField.EventId => "event_id",
        MessageField.TraceId => "trace_id",
        MessageField.SchemaVersion => "schema_version",
        MessageField.TenantId => "tenant_id",
        MessageField.Producer => "producer",
        MessageField.OccurredAt => "occurred_at",
        MessageField.IngestedAt => "ingested_at",
        MessageField.Payload => "payload",
        MessageField.Envelope => "envelope",
        MessageField.EventType => "event_type",
        MessageField.Timestamp => "envelope.timestamp",
        MessageField.Source => "envelope.source",
        MessageField.SourceSystem => "payload.source_system",
        MessageField.Market => "payload.market",
        MessageField.Symbol => "payload.symbol",
        MessageField.Sequence => "payload.sequence",
        MessageField.ReceivedAt => "payload.received_at",
        MessageField.RawPayload => "payload.raw_payload",
        MessageField.Encoding => "payload.encoding",
        MessageField.Metadata => "payload.metadata",
        MessageField.RetryCount => "payload.retry_count",
        MessageField.Checksum => "payload.checksum",
        MessageField.InstrumentId => "payload.instrument_id",
        MessageField.RawData => "payload.raw_data",
        MessageField.MetadataInstrumentId => "payload.metadata.instrument_id",
        MessageField.MetadataCurrency => "payload.metadata.currency",
        MessageField.MetadataUnit => "payload.metadata.unit",
        _ => "",
    };
}
