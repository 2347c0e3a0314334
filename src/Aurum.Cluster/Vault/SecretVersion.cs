using System.Text.Json;

namespace Aurum.Cluster.Vault;

/// <summary>A version of a secret.</summary>
/// <param name="Version">Its number, 1 and up.</param>
/// <param name="CreatedAt">When it was written, as Vault says it: RFC 3339.</param>
/// <param name="Fields">Names and values as text; that of a value that is no text is its JSON. Values are secrets.</param>
public sealed record SecretVersion(int Version, string CreatedAt, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The fields as Vault keeps them: texts, numbers, objects.</summary>
    internal JsonElement Data { get; init; }

    /// <summary>Number and names; no value.</summary>
    public override string ToString() => $"version {Version} ({string.Join(", ", Fields.Keys)})";
}

/// <summary>What is known of a secret without its values.</summary>
/// <param name="Current">Number of the newest version; 0: none.</param>
/// <param name="Oldest">Number of the oldest one that is kept; 0: all are.</param>
/// <param name="MaxVersions">How many are kept; 0: as the engine has it.</param>
/// <param name="Versions">The versions, oldest first.</param>
public sealed record SecretMetadata(int Current, int Oldest, int MaxVersions, IReadOnlyList<SecretStanding> Versions);

/// <summary>How a version of a secret stands.</summary>
/// <param name="Version">Its number.</param>
/// <param name="CreatedAt">When it was written: RFC 3339.</param>
/// <param name="DeletedAt">When it was deleted; empty: it is there.</param>
/// <param name="IsDestroyed">Whether it can't be brought back.</param>
public sealed record SecretStanding(int Version, string CreatedAt, string DeletedAt, bool IsDestroyed);

/// <summary>How a server stands.</summary>
/// <param name="Version">Of its program.</param>
/// <param name="IsInitialized">Whether it was ever set up.</param>
/// <param name="IsSealed">Whether it is sealed.</param>
/// <param name="IsStandby">Whether this node is a standby.</param>
public sealed record VaultHealth(string Version, bool IsInitialized, bool IsSealed, bool IsStandby);
