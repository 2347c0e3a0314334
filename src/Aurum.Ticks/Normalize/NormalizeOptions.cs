namespace Aurum.Ticks.Normalize;

/// <summary>Limits of normalisation, which all streams share. Checked by <see cref="Checked"/>.</summary>
public sealed record NormalizeOptions
{
    /// <summary>Longest message, bytes, 256 to 1 MiB.</summary>
    public int MaxMessageBytes { get; init; } = 64 << 10;

    public int MaxTenants { get; init; } = 10_000;

    public int MaxSources { get; init; } = 1_000;

    public int MaxInstruments { get; init; } = 1_000_000;

    /// <summary>Event ids that are surely remembered, unless they are older than the seconds below; up to twice as many are.</summary>
    public int DuplicateMessages { get; init; } = 131_072;

    /// <summary>Seconds of ingestion time after which event ids may be forgotten.</summary>
    public int DuplicateSeconds { get; init; } = 900;

    /// <summary>How far a message may occur after it was taken in, for clocks that differ.</summary>
    public int FutureSeconds { get; init; } = 60;

    /// <summary>Delay after which a message is flagged as arriving late.</summary>
    public int LateSeconds { get; init; } = 300;

    /// <summary>Prices from here on, of either sign, are no prices.</summary>
    public double PriceLimit { get; init; } = 10_000_000;

    /// <summary>Volumes from here on are no volumes.</summary>
    public double VolumeLimit { get; init; } = 1_000_000_000;

    /// <summary>Shortest id of an instrument.</summary>
    public int LeastInstrumentIdLetters { get; init; } = 3;

    /// <summary>Whether a message without a price gets the last one of its instrument, flagged; else it is a dead letter.</summary>
    public bool BackfillsPrices { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A limit out of its range.</exception>
    public NormalizeOptions Checked()
    {
        Check(MaxMessageBytes, 256, 1 << 20, nameof(MaxMessageBytes));
        Check(MaxTenants, 1, 1_000_000, nameof(MaxTenants));
        Check(MaxSources, 1, 100_000, nameof(MaxSources));
        Check(MaxInstruments, 1, 10_000_000, nameof(MaxInstruments));
        Check(DuplicateMessages, 1, 1 << 26, nameof(DuplicateMessages));
        Check(DuplicateSeconds, 1, 86_400, nameof(DuplicateSeconds));
        Check(FutureSeconds, 0, 86_400, nameof(FutureSeconds));
        Check(LateSeconds, 1, 86_400, nameof(LateSeconds));
        Check(LeastInstrumentIdLetters, 1, 64, nameof(LeastInstrumentIdLetters));
        Check(PriceLimit, 1, 10_000_000, nameof(PriceLimit));
        Check(VolumeLimit, 1, 1_000_000_000, nameof(VolumeLimit));
        return this;
    }

    private static void Check(double value, double least, double most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
