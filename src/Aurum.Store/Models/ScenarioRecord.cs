using NodaTime;

namespace Aurum.Store.Models;

/// <summary>A version of a tenant's scenario.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Id">Stable and sortable: the instant of its creation first.</param>
/// <param name="Version">From 1; each change makes a new one.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Description">What it is about; null where none was given.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Assumptions">Its drivers, a JSON list.</param>
/// <param name="Parameters">Which curves it is asked of, and with what; a JSON object.</param>
/// <param name="Tags">Words to find it by, in order, each once.</param>
/// <param name="CreatedAt">When the first version was stored.</param>
/// <param name="UpdatedAt">When this version was stored.</param>
public sealed record ScenarioRecord(
    string Tenant,
    string Id,
    int Version,
    string Name,
    string? Description,
    ScenarioStatus Status,
    string Assumptions,
    string Parameters,
    IReadOnlyList<string> Tags,
    Instant CreatedAt,
    Instant UpdatedAt)
{
    private const int KeyDigits = 32;

    /// <summary>Part of the hash of every run's input: 32 hexadecimal digits, the same for all versions.</summary>
    public string UniqueKey => ModelId.Sha256($"{Tenant}\n{Id}")[..KeyDigits];

    /// <summary>Whether another version would say the same.</summary>
    public bool Says(ScenarioRecord other) =>
        Name == other.Name && Description == other.Description && Status == other.Status && Assumptions == other.Assumptions
        && Parameters == other.Parameters && Tags.SequenceEqual(other.Tags);
}

/// <summary>Where a scenario stands. In text the names are lower-case.</summary>
public enum ScenarioStatus
{
    /// <summary>Written down; never run.</summary>
    Created,

    /// <summary>Run at least once.</summary>
    Active,

    /// <summary>Kept for reading; takes no runs.</summary>
    Archived,

    /// <summary>Gone for its tenant.</summary>
    Deleted,
}

/// <summary>What came of a change of a scenario.</summary>
public enum ScenarioChange
{
    /// <summary>It is stored, or says what is stored already.</summary>
    Made,

    /// <summary>The tenant has no such scenario.</summary>
    Unknown,

    /// <summary>It has another version than the one that was to be changed.</summary>
    OtherVersion,
}

/// <summary>Which scenarios.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Limit">At most.</param>
public sealed record ScenarioQuery(string Tenant, int Limit)
{
    public ScenarioStatus? Status { get; init; }

    /// <summary>Stands in the name, in any case.</summary>
    public string? Name { get; init; }

    public string? Tag { get; init; }

    /// <summary>Created at that instant or later.</summary>
    public Instant? CreatedFrom { get; init; }

    /// <summary>Created before that instant.</summary>
    public Instant? CreatedBefore { get; init; }

    /// <summary>Id of the last one of the page before; null: from the newest.</summary>
    public string? After { get; init; }
}
