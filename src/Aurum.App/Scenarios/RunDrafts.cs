using System.Text.Json;
using Aurum.App.Api.Resources;
using Aurum.App.Curves;
using Aurum.App.Curves.Building;
using Aurum.App.Scenarios.Computing;
using Aurum.App.Scenarios.Reading;
using Aurum.Curves.Documents;
using Aurum.Curves.Manifests;
using Aurum.Store.Models;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Scenarios;

/// <summary>Makes orders of runs: scenario, choices and what the store knows, frozen.</summary>
internal sealed class RunDrafts(StoreReader store)
{
    /// <param name="scenario">The version that is run.</param>
    /// <param name="choices">How.</param>
    /// <param name="knownAt">State of knowledge where neither scenario nor choices name one; null: the newest.</param>
    /// <exception cref="DocumentException">The scenario with these parameters is wrong.</exception>
    public RunRecord Of(ScenarioRecord scenario, RunChoices choices, Instant? knownAt = null)
    {
        if (choices.CodeVersion is { } version && version != StatusEndpoints.Version)
        {
            throw new DocumentException([new DocumentError("$.code_version", StatusEndpoints.Version, $"'{version}'")]);
        }

        var input = InputOf(scenario, choices, RunInput.Merged(scenario.Parameters, choices.Parameters), knownAt).ToJson();
        return new RunRecord
        {
            Tenant = scenario.Tenant,
            ScenarioId = scenario.Id,
            ScenarioVersion = scenario.Version,
            Priority = choices.Priority,
            InputHash = CanonicalJson.Sha256(input),
            Inputs = input,
            IdempotencyKey = choices.IdempotencyKey,
            Options = choices.ToJson(),
            TimeoutMinutes = choices.TimeoutMinutes,
            MaxMemoryMiB = choices.MaxMemoryMiB,
            MaxRetries = choices.MaxRetries,
        };
    }

    /// <summary>All that a run of it is asked.</summary>
    /// <exception cref="DocumentException">The parameters are wrong.</exception>
    public RunInput InputOf(ScenarioRecord scenario, RunChoices choices, string parameters, Instant? knownAt = null)
    {
        using var document = JsonDocument.Parse(parameters);
        var asked = AskedScenario.Read(document.RootElement);
        return new RunInput(
            scenario.Tenant, scenario.Id, scenario.Version, scenario.UniqueKey, scenario.Assumptions, parameters, choices.Environment,
            StatusEndpoints.Version, choices.Seed, asked.KnownAt ?? knownAt ?? NewestOf(asked));
    }

    /// <summary>When the store was last told something that the scenario may hang on: until then, the same order has the same
    /// input.</summary>
    private Instant NewestOf(AskedScenario asked)
    {
        var feeds = asked.SupplyStacks.SelectMany(static s => (string?[])[s.PriceFeed, s.LoadFeed, s.MixFeed]).OfType<string>()
            .Append(StoredRates.Feed).Distinct(StringComparer.Ordinal).Select(CurveQueries.Quoted);
        using var rows = store.Sql(
            $"""
            select max(known_at) from deliveries
            where rows_new + rows_changed > 0 and (table_name = 'curve_observation' or feed in ({string.Join(", ", feeds)}))
            """,
            maxRows: 1);
        return rows.NextChunk() && rows.Count == 1 && !rows.IsNull(0, 0)
            ? Instant.FromUnixTimeTicks(rows.InstantMicros(0, 0) * 10)
            : Instant.FromUnixTimeTicks(0);
    }
}
