using NodaTime;

namespace Aurum.Sandbox.Truths;

/// <summary>A correction: from this instant on, a place's values of the day are others.</summary>
/// <param name="At">When the publisher shows the corrected values.</param>
/// <param name="Place">Whose values.</param>
public sealed record TruthRevision(Instant At, string Place) : IComparable<TruthRevision>
{
    public int CompareTo(TruthRevision? other) => other is null ? 1
        : At.CompareTo(other.At) is var byTime && byTime != 0 ? byTime
        : string.CompareOrdinal(Place, other.Place);

    public static bool operator <(TruthRevision left, TruthRevision right) => left.CompareTo(right) < 0;

    public static bool operator >(TruthRevision left, TruthRevision right) => left.CompareTo(right) > 0;

    public static bool operator <=(TruthRevision left, TruthRevision right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TruthRevision left, TruthRevision right) => left.CompareTo(right) >= 0;
}
