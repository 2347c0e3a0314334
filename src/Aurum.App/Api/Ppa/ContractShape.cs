using System.Text.Json;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Api.Ppa;

/// <summary>A stored contract.</summary>
/// <param name="PpaContractId">Its id.</param>
/// <param name="TenantId">Whose it is.</param>
/// <param name="InstrumentId">The caller's own name for it; null: none.</param>
/// <param name="Version">From 1; each change makes a new one.</param>
/// <param name="Terms">The terms, as they were given.</param>
/// <param name="TermsSha256">SHA-256 of the text of the terms.</param>
/// <param name="CreatedAt">When the first version was stored.</param>
/// <param name="UpdatedAt">When this version was stored.</param>
internal sealed record ContractShape(
    string PpaContractId, string TenantId, string? InstrumentId, int Version, JsonElement Terms, string TermsSha256, Instant CreatedAt,
    Instant UpdatedAt)
{
    public static ContractShape Of(ContractRecord contract)
    {
        using var terms = JsonDocument.Parse(contract.Terms);
        return new ContractShape(
            contract.Id, contract.Tenant, contract.InstrumentId, contract.Version, terms.RootElement.Clone(), contract.TermsSha256,
            contract.CreatedAt, contract.UpdatedAt);
    }
}
