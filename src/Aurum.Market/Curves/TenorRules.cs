using NodaTime;

namespace Aurum.Market.Curves;

/// <summary>What a vendor means by the names of its seasons.</summary>
public sealed record TenorRules
{
    /// <summary>The year that a winter is named after: <c>Winter 2026</c> begins in November 2025 where it is the year it ends
    /// in.</summary>
    public required WinterYear Winter { get; init; }

    /// <summary>Further seasons by name, each as its first and last month, 1 to 12: <c>Spring</c>. None unless the vendor says
    /// so.</summary>
    public IReadOnlyDictionary<string, (int First, int Last)> Seasons { get; init; } =
        new Dictionary<string, (int, int)>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Month of the workbook's as-of date; the balance of a year or month begins with it.</summary>
    public required YearMonth AsOf { get; init; }
}

/// <summary>The year that a winter is named after.</summary>
public enum WinterYear
{
    /// <summary>That of its first month, November.</summary>
    First,

    /// <summary>That of its last month, March.</summary>
    Last,
}
