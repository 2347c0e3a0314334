namespace Aurum.Ticks.Normalize;

/// <summary>The fields of both contracts that are read. Index of a slot.</summary>
internal enum MessageField : byte
{
    Unknown,
    EventId,
    TraceId,
    SchemaVersion,
    TenantId,
    Producer,
    OccurredAt,
    IngestedAt,
    Payload,
    Envelope,
    EventType,
    Timestamp,
    Source,
    SourceSystem,
    Market,
    Symbol,
    Sequence,
    ReceivedAt,
    RawPayload,
    Encoding,
    Metadata,
    RetryCount,
    Checksum,
    InstrumentId,
    RawData,
    MetadataInstrumentId,
    MetadataCurrency,
    MetadataUnit,
}
