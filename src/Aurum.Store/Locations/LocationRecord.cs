using NodaTime;

namespace Aurum.Store.Locations;

/// <summary>A place as it was known during a stretch of days.</summary>
/// <param name="Iso">ISO code.</param>
/// <param name="LocationId">Id in rows.</param>
/// <param name="LocationType">NODE, ZONE, HUB, ...</param>
/// <param name="Name">Name for people.</param>
/// <param name="PublisherId">The publisher's numeric id (NYISO's PTID); null where there is none.</param>
/// <param name="Zone">Zone that it lies in; null where unknown.</param>
/// <param name="Hub">Hub that it belongs to; null where unknown.</param>
/// <param name="Timezone">IANA name of its clock.</param>
/// <param name="EffectiveFrom">First operating day of this version.</param>
/// <param name="EffectiveTo">Last operating day of this version; null: it is the current one.</param>
/// <param name="IsMapped">Whether the reference data knows the place; false for one that merely turned up in rows.</param>
/// <param name="FirstSeen">First operating day with rows; null: never seen in rows.</param>
/// <param name="LastSeen">Last operating day with rows; null: never seen in rows.</param>
public sealed record LocationRecord(
    string Iso,
    string LocationId,
    string LocationType,
    string Name,
    string? PublisherId,
    string? Zone,
    string? Hub,
    string Timezone,
    LocalDate EffectiveFrom,
    LocalDate? EffectiveTo,
    bool IsMapped,
    LocalDate? FirstSeen,
    LocalDate? LastSeen);

/// <summary>Which places to list. Null leaves a filter out.</summary>
public sealed record LocationQuery
{
    public string? Iso { get; init; }

    public string? LocationType { get; init; }

    public bool? IsMapped { get; init; }

    /// <summary>Part of the id or the name, in any case.</summary>
    public string? Text { get; init; }

    /// <summary>Operating day whose versions are wanted; null: the current ones.</summary>
    public LocalDate? On { get; init; }

    /// <summary>Largest number of places, 1 to 1,000,000.</summary>
    public int Limit { get; init; } = 10_000;
}
