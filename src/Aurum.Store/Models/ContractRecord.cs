using NodaTime;

namespace Aurum.Store.Models;

/// <summary>A version of a tenant's power purchase agreement.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Id">Stable and sortable: the instant of its creation first.</param>
/// <param name="Version">From 1; each change makes a new one.</param>
/// <param name="InstrumentId">The caller's own name for it; null where none was given.</param>
/// <param name="Terms">The terms as they were given, JSON, to the byte.</param>
/// <param name="TermsSha256">SHA-256 of the terms, 64 hexadecimal digits.</param>
/// <param name="CreatedAt">When the first version was stored.</param>
/// <param name="UpdatedAt">When this version was stored.</param>
public sealed record ContractRecord(
    string Tenant,
    string Id,
    int Version,
    string? InstrumentId,
    string Terms,
    string TermsSha256,
    Instant CreatedAt,
    Instant UpdatedAt);

/// <summary>What came of a change of a contract.</summary>
public enum ContractChange
{
    /// <summary>It is stored as a new version.</summary>
    Made,

    /// <summary>The tenant has no such contract.</summary>
    Unknown,

    /// <summary>The contract has another version than the one that was to be changed.</summary>
    OtherVersion,
}
