using System.Text;

namespace Aurum.Market.Series;

/// <summary>A statistical series as one file names it. One object per series and file, shared by its points.</summary>
public sealed class SeriesKey(string id, string unit, string title = "") : IEquatable<SeriesKey>
{
    /// <summary>Id within the publisher, made of its own codes: <c>rto/region-data/CISO/D</c>.</summary>
    public string Id { get; } = id;

    /// <summary>Unit as the publisher writes it, for example <c>megawatthours</c>.</summary>
    public string Unit { get; } = unit;

    public string Title { get; } = title;

    public ReadOnlyMemory<byte> IdUtf8 { get; } = Encoding.UTF8.GetBytes(id);

    public ReadOnlyMemory<byte> UnitUtf8 { get; } = Encoding.UTF8.GetBytes(unit);

    public bool Equals(SeriesKey? other) => other is not null && other.Id == Id;

    public override bool Equals(object? obj) => Equals(obj as SeriesKey);

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Id;
}
