using System.Text.Json;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Api.Scenarios;

/// <summary>A scenario in its newest version.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="TenantId">Whose.</param>
/// <param name="Name">Name.</param>
/// <param name="Description">What it is about.</param>
/// <param name="Status">created, active (it was run), archived.</param>
/// <param name="UniqueKey">The same for all versions; part of every run's input.</param>
/// <param name="Assumptions">Its drivers.</param>
/// <param name="Parameters">Which curves it is asked of, and with what.</param>
/// <param name="Tags">Words to find it by.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When this version was made.</param>
/// <param name="Version">From 1; each change makes a new one.</param>
internal sealed record ScenarioShape(
    string Id, string TenantId, string Name, string? Description, string Status, string UniqueKey, JsonElement Assumptions,
    JsonElement Parameters, IReadOnlyList<string> Tags, Instant CreatedAt, Instant UpdatedAt, int Version)
{
    public static ScenarioShape Of(ScenarioRecord scenario) => new(
        scenario.Id, scenario.Tenant, scenario.Name, scenario.Description, scenario.Status.Word(), scenario.UniqueKey,
        Element(scenario.Assumptions), Element(scenario.Parameters), scenario.Tags, scenario.CreatedAt, scenario.UpdatedAt,
        scenario.Version);

    /// <summary>Stored JSON as a value.</summary>
    public static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
