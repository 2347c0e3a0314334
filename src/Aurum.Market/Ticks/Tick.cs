namespace Aurum.Market.Ticks;

/// <summary>One normalised market event: the price of one instrument at one instant.</summary>
/// <remarks>
/// <para>Numbers stand for names: <see cref="Instrument"/>, <see cref="Source"/> and <see cref="Classification"/> index the tables of
/// the run that made the tick.</para>
/// <para>Units: price, bid and ask in the instrument's currency per unit, volume in its unit; NaN where unknown. Times in microseconds
/// since 1970 UTC.</para>
/// <para>Order: by <see cref="EventMicros"/>, then <see cref="Sequence"/>, then <see cref="Key"/>, so that no two ticks tie.</para>
/// </remarks>
public readonly record struct Tick
{
    /// <summary>Number of the instrument as its tenant has it.</summary>
    public required int Instrument { get; init; }

    /// <summary>Number of the system that sent it.</summary>
    public required int Source { get; init; }

    /// <summary>When it happened.</summary>
    public required long EventMicros { get; init; }

    /// <summary>When the connector took it in.</summary>
    public required long IngestedMicros { get; init; }

    /// <summary>The source's running number; -1 where it has none.</summary>
    public required long Sequence { get; init; }

    /// <summary>Hash of tenant and event id: its low 64 bits.</summary>
    public required ulong Key { get; init; }

    /// <summary>The high 64 bits of that hash.</summary>
    public ulong KeyHigh { get; init; }

    public required double Price { get; init; }

    public required double Volume { get; init; }

    public required double Bid { get; init; }

    public required double Ask { get; init; }

    public required QualityFlags Flags { get; init; }

    /// <summary>Number of its taxonomy; 0 before enrichment.</summary>
    public int Classification { get; init; }

    /// <summary>First byte of the original message in its source.</summary>
    public long Position { get; init; }

    /// <summary>Bytes of the original message.</summary>
    public int Length { get; init; }

    /// <summary>Whether the message named a node or a hub.</summary>
    public bool HasNodeOrHub { get; init; }

    /// <summary>Whether the message named a zone.</summary>
    public bool HasZone { get; init; }
}
