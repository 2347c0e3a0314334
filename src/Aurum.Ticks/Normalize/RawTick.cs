using Aurum.Market.Time;

namespace Aurum.Ticks.Normalize;

/// <summary>What one message says, as slices of it, before anything of it is believed.</summary>
internal ref struct RawTick
{
    public ReadOnlySpan<byte> EventId;
    public ReadOnlySpan<byte> Tenant;
    public ReadOnlySpan<byte> Source;
    public ReadOnlySpan<byte> Symbol;
    public ReadOnlySpan<byte> InstrumentId;
    public ReadOnlySpan<byte> Place;
    public ReadOnlySpan<byte> MarketCode;
    public ReadOnlySpan<byte> Currency;
    public ReadOnlySpan<byte> Unit;
    public MarketDialect Market;
    public long EventMicros;
    public long IngestedMicros;
    public long Sequence;
    public double Price;
    public double Volume;
    public double Bid;
    public double Ask;
    public RawRole PriceRole;
    public int ContractMonth;
    public bool HasZone;

    /// <summary>A time as it is printed, until its clock is known.</summary>
    public ReadOnlySpan<byte> TimeText;
    public RawRole TimeRole;
    public RepeatedTime Repeated;
    public bool IsComponent;

    /// <summary>Whether the row says that it holds a price, whatever its column is called.</summary>
    public bool IsPriceRow;

    /// <summary>Says of a default one that nothing is known.</summary>
    public void Begin()
    {
        Market = MarketDialects.Other;
        EventMicros = IngestedMicros = long.MinValue;
        Sequence = -1;
        Price = Volume = Bid = Ask = double.NaN;
    }
}
