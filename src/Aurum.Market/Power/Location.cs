using System.Text;

namespace Aurum.Market.Power;

/// <summary>A place that an ISO prices or meters, as one file names it. One object per
/// place and file, shared by its rows.</summary>
public sealed class Location : IEquatable<Location>
{
    public Location(string id, LocationType type, string? name = null, string? publisherId = null)
    {
        Id = id;
        Type = type;
        Name = name ?? id;
        PublisherId = publisherId;
        IdUtf8 = Encoding.UTF8.GetBytes(id);
    }

    /// <summary>The id that people and files use: <c>TH_SP15_GEN-APND</c>, <c>N.Y.C.</c>, <c>HB_HOUSTON</c>.</summary>
    public string Id { get; }

    public ReadOnlyMemory<byte> IdUtf8 { get; }

    public LocationType Type { get; }

    public string Name { get; }

    /// <summary>The publisher's numeric id where it has one beside the name (NYISO's PTID).</summary>
    public string? PublisherId { get; }

    public bool Equals(Location? other) => other is not null && other.Type == Type && other.Id == Id;

    public override bool Equals(object? obj) => Equals(obj as Location);

    public override int GetHashCode() => HashCode.Combine(Id, Type);

    public override string ToString() => $"{Id} ({Type})";
}
