namespace Aurum.Market.Series;

/// <summary>How long the periods of a statistical series are.</summary>
/// <remarks>Stored by its code letter in file names of the archive: append only.</remarks>
public enum SeriesFrequency
{
    Daily,
    Weekly,
    Biweekly,
    Monthly,
    Quarterly,
    Semiannual,
    Annual,
}

/// <summary>The letters that statistical offices use for frequencies: D, W, BW, M, Q, SA, A.</summary>
public static class SeriesFrequencies
{
    private static readonly string[] Codes = ["D", "W", "BW", "M", "Q", "SA", "A"];

    public static string ToCode(this SeriesFrequency frequency) => Codes[(int)frequency];

    /// <summary>The frequency of a code, case aside; null for an unknown one.</summary>
    public static SeriesFrequency? OfCode(string code) =>
        Array.FindIndex(Codes, c => c.Equals(code, StringComparison.OrdinalIgnoreCase)) is var at and >= 0
            ? (SeriesFrequency)at
            : null;
}
