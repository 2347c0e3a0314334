namespace Aurum.Ticks.Normalize;

/// <summary>What a field of a raw payload, or a column of a file, says of a tick.</summary>
internal enum RawRole : byte
{
    Ignored,
    Price,
    LastPrice,
    Value,
    Volume,
    Bid,
    Ask,
    Currency,
    Unit,
    InstrumentId,

    /// <summary>A node, hub or other place, which names the symbol where nothing else does.</summary>
    Place,
    Zone,

    /// <summary>A time with its own zone.</summary>
    Time,

    /// <summary>A time in UTC that does not say so.</summary>
    UtcTime,

    /// <summary>A time on the market's clock.</summary>
    LocalTime,

    /// <summary>Whether a local time is the second of two that read the same.</summary>
    RepeatedHour,
    ContractMonth,

    /// <summary>Which part of a price the row holds: only LMP is a price.</summary>
    PriceKind,
    Symbol,
    Source,
    Market,
    Sequence,
    EventId,
    Tenant,
    Ingested,
}
