namespace Aurum.Ticks.Normalize;

/// <summary>The names that fields have in every market.</summary>
internal static class RawRoles
{
    /// <summary>The role of a field; null where only the market's dialect may know it.</summary>
    public static RawRole? Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => name.SequenceEqual("ts"u8) ? RawRole.Time : null,
        3 => OfThree(name),
        4 => OfFour(name),
        5 => name.SequenceEqual("price"u8) ? RawRole.Price : name.SequenceEqual("value"u8) ? RawRole.Value : null,
        6 => OfSix(name),
        8 => OfEight(name),
        9 => OfNine(name),
        10 => OfTen(name),
        11 => OfEleven(name),
        13 => OfThirteen(name),
        14 => name.SequenceEqual("contract_month"u8) ? RawRole.ContractMonth : null,
        _ => null,
    };

    private static RawRole? OfThree(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("bid"u8) ? RawRole.Bid
        : name.SequenceEqual("ask"u8) ? RawRole.Ask
        : name.SequenceEqual("hub"u8) ? RawRole.Place
        : name.SequenceEqual("qty"u8) ? RawRole.Volume
        : null;

    private static RawRole? OfFour(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("node"u8) ? RawRole.Place
        : name.SequenceEqual("zone"u8) ? RawRole.Zone
        : name.SequenceEqual("unit"u8) ? RawRole.Unit
        : name.SequenceEqual("time"u8) ? RawRole.Time
        : name.SequenceEqual("tags"u8) ? RawRole.Ignored
        : null;

    private static RawRole? OfSix(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("volume"u8) ? RawRole.Volume
        : name.SequenceEqual("symbol"u8) ? RawRole.Symbol
        : name.SequenceEqual("ticker"u8) ? RawRole.Symbol
        : name.SequenceEqual("source"u8) ? RawRole.Source
        : name.SequenceEqual("market"u8) ? RawRole.Market
        : null;

    private static RawRole? OfEight(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("currency"u8) ? RawRole.Currency
        : name.SequenceEqual("quantity"u8) ? RawRole.Volume
        : name.SequenceEqual("sequence"u8) ? RawRole.Sequence
        : name.SequenceEqual("event_id"u8) ? RawRole.EventId
        : null;

    private static RawRole? OfNine(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("bid_price"u8) ? RawRole.Bid
        : name.SequenceEqual("ask_price"u8) ? RawRole.Ask
        : name.SequenceEqual("timestamp"u8) ? RawRole.Time
        : name.SequenceEqual("tenant_id"u8) ? RawRole.Tenant
        : name.SequenceEqual("source_id"u8) ? RawRole.Source
        : null;

    private static RawRole? OfTen(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("last_price"u8) ? RawRole.LastPrice
        : name.SequenceEqual("trade_time"u8) ? RawRole.Time
        : null;

    private static RawRole? OfEleven(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("offer_price"u8) ? RawRole.Ask
        : name.SequenceEqual("occurred_at"u8) ? RawRole.Time
        : name.SequenceEqual("ingested_at"u8) ? RawRole.Ingested
        : null;

    private static RawRole? OfThirteen(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("instrument_id"u8) ? RawRole.InstrumentId
        : name.SequenceEqual("source_system"u8) ? RawRole.Source
        : name.SequenceEqual("market_status"u8) ? RawRole.Ignored
        : null;
}
