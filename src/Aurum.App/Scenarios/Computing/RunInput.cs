using System.Text.Json;
using Aurum.Curves.Manifests;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Scenarios.Computing;

/// <summary>All that a run is asked, frozen when it is ordered: later changes of the scenario or of the store do not change it.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="ScenarioId">Scenario.</param>
/// <param name="ScenarioVersion">Its version.</param>
/// <param name="UniqueKey">Its unique key.</param>
/// <param name="Assumptions">Drivers, a JSON list.</param>
/// <param name="Parameters">Curves and settings, a JSON object.</param>
/// <param name="Environment">What the caller wants noted.</param>
/// <param name="CodeVersion">Version of the program.</param>
/// <param name="Seed">Seed of ensembles.</param>
/// <param name="KnownAt">State of knowledge.</param>
internal sealed record RunInput(
    string Tenant,
    string ScenarioId,
    int ScenarioVersion,
    string UniqueKey,
    string Assumptions,
    string Parameters,
    IReadOnlyDictionary<string, string> Environment,
    string CodeVersion,
    ulong Seed,
    Instant KnownAt)
{
    /// <summary>Canonical: equal inputs have equal texts, and so equal hashes.</summary>
    public string ToJson()
    {
        using var assumptions = JsonDocument.Parse(Assumptions);
        using var parameters = JsonDocument.Parse(Parameters);
        return CanonicalJson.Of(JsonSerializer.SerializeToElement(new Dictionary<string, object>
        {
            ["tenant"] = Tenant,
            ["scenario_id"] = ScenarioId,
            ["scenario_version"] = ScenarioVersion,
            ["unique_key"] = UniqueKey,
            ["assumptions"] = assumptions.RootElement,
            ["parameters"] = parameters.RootElement,
            ["environment"] = Environment,
            ["code_version"] = CodeVersion,
            ["seed"] = Seed,
            ["known_at"] = InstantPattern.ExtendedIso.Format(KnownAt),
        }));
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static RunInput Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            string Text(string name) => root.GetProperty(name).GetString() ?? "";
            return new RunInput(
                Text("tenant"), Text("scenario_id"), root.GetProperty("scenario_version").GetInt32(), Text("unique_key"),
                root.GetProperty("assumptions").GetRawText(), root.GetProperty("parameters").GetRawText(),
                root.GetProperty("environment").EnumerateObject().ToDictionary(static m => m.Name, static m => m.Value.GetString() ?? ""),
                Text("code_version"), root.GetProperty("seed").GetUInt64(), InstantPattern.ExtendedIso.Parse(Text("known_at")).Value);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException
            or UnparsableValueException)
        {
            throw new FormatException($"expected the input of a run, found text that is none: {error.Message}", error);
        }
    }

    /// <summary>Parameters with members of others in their place.</summary>
    public static string Merged(string parameters, string over)
    {
        using var first = JsonDocument.Parse(parameters);
        using var second = JsonDocument.Parse(over);
        var members = first.RootElement.EnumerateObject().ToDictionary(static m => m.Name, static m => m.Value);
        foreach (var member in second.RootElement.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        return CanonicalJson.Of(JsonSerializer.SerializeToElement(members));
    }
}
