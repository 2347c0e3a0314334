using System.Text.Json;

namespace Aurum.App.Api.Scenarios;

/// <summary>A scenario to be created or changed. What a change leaves out stays.</summary>
/// <param name="TenantId">Whose; the header X-Aurum-Tenant or the parameter tenant say the same.</param>
/// <param name="Name">Name, 1 to 200 letters.</param>
/// <param name="Description">What it is about.</param>
/// <param name="Status">created, active, archived.</param>
/// <param name="Assumptions">Drivers: {"driver_type": ..., "payload": {...}}.</param>
/// <param name="Parameters">curves, references, asof_date, known_at, supply_stacks, contents, grid, bands, paths, max_curves.</param>
/// <param name="Tags">Words to find it by, 50 at most.</param>
internal sealed record ScenarioBody(
    string? TenantId, string Name, string? Description, string? Status, IReadOnlyList<JsonElement>? Assumptions, JsonElement? Parameters,
    IReadOnlyList<string>? Tags);

/// <summary>How a run is wanted. All of it may be left out.</summary>
/// <param name="CodeVersion">Version of the program that must compute it.</param>
/// <param name="Seed">Seed of ensembles; 1 where not given.</param>
/// <param name="Priority">low, normal, high, critical.</param>
/// <param name="TimeoutMinutes">1 to 1440; 60.</param>
/// <param name="MaxMemoryMb">Memory that its estimate may reach, 256 to 16384 MiB; 1024.</param>
/// <param name="Environment">Texts to be noted with it.</param>
/// <param name="Parameters">Members that take the place of the scenario's parameters.</param>
/// <param name="MaxRetries">0 to 10; 3.</param>
/// <param name="IdempotencyKey">Name of the order, up to 255 letters, digits, '_', '-', '.', ':' and '/'.</param>
internal sealed record RunBody(
    string? CodeVersion, ulong? Seed, string? Priority, int? TimeoutMinutes, int? MaxMemoryMb,
    IReadOnlyDictionary<string, string>? Environment, JsonElement? Parameters, int? MaxRetries, string? IdempotencyKey);

/// <summary>Several orders.</summary>
/// <param name="Runs">1 to 1000 of them.</param>
internal sealed record RunsBody(IReadOnlyList<RunBody> Runs);

/// <summary>A manifest whose outputs are computed once more.</summary>
/// <param name="Manifest">As /v1/scenarios/runs/{run_id}/manifest gives it.</param>
/// <param name="OutputHash">What they must come to; left out: they are only computed.</param>
internal sealed record VerifyBody(JsonElement Manifest, string? OutputHash);

/// <summary>What a scenario would do.</summary>
/// <param name="Curves">The curves that it moves.</param>
/// <param name="Months">Months of them in all.</param>
/// <param name="Drivers">Names of its drivers in the order in which they act.</param>
/// <param name="References">The curves that drivers name, and what was found for them.</param>
/// <param name="EstimateMib">Memory that a run takes at most, MiB.</param>
/// <param name="Sentences">What it assumes and does, a sentence each.</param>
internal sealed record CheckShape(
    IReadOnlyList<string> Curves, int Months, IReadOnlyList<string> Drivers, IReadOnlyDictionary<string, string> References,
    long EstimateMib, IReadOnlyList<string> Sentences);

/// <summary>What a manifest came to once more.</summary>
/// <param name="OutputHash">SHA-256 of the outputs.</param>
/// <param name="OutputRows">Rows of output.</param>
/// <param name="IsSame">Whether that is the hash that was given; null where none was.</param>
/// <param name="Changes">What is not as the manifest says.</param>
internal sealed record VerifyShape(string OutputHash, int OutputRows, bool? IsSame, IReadOnlyList<string> Changes);
