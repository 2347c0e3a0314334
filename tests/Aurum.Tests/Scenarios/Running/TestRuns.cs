using System.Globalization;
using Aurum.Store;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.Tests.Scenarios.Running;

/// <summary>Runs whose outputs are made up.</summary>
internal static class TestRuns
{
    public const int Rows = 7;

    public static RunRecord Draft(int number, string tenant = "acme") => new()
    {
        Tenant = tenant,
        ScenarioId = "s1",
        ScenarioVersion = 1,
        Priority = (RunPriority)(number % 4),
        InputHash = number.ToString("0000", CultureInfo.InvariantCulture),
        Inputs = "{}",
        Options = "{}",
        TimeoutMinutes = 60,
        MaxMemoryMiB = 1_024,
        MaxRetries = 10,
    };

    public static RunOutputs Outputs(RunRecord run) => new(
        [
            .. Enumerable.Range(0, Rows).Select(i => new OutputRecord(
                "key", "EU German power", new LocalDate(2026, 6, 19), "MONTHLY", new LocalDate(2027, 1 + i, 1), $"2027-{1 + i:00}", "mid",
                "EUR/MWh", 50, 51.5, 40, 60, "[]", run.InputHash)),
        ],
        $"hash of {run.InputHash}", "{}", []);

    /// <summary>Every run ended; one that succeeded has all of its rows once, any other none.</summary>
    /// <returns>Runs by state.</returns>
    public static IReadOnlyDictionary<RunState, long> CheckEnded(AurumStore store, int runs)
    {
        Assert.Equal(runs, Scalar(store, "select count(*) from scenario_run_rows"));
        Assert.Equal(0, Scalar(store, "select count(*) from scenario_run_rows where state in ('queued', 'running')"));
        Assert.Equal(0, Scalar(store, "select count(*) from scenario_run_rows where completed_at is null"));
        Assert.Equal(
            0,
            Scalar(store, $"""
                select count(*) from scenario_run_rows r
                where (select count(*) from scenario_output_rows o where o.run_id = r.run_id)
                  <> case when r.state = 'succeeded' then {Rows} else 0 end
                """));
        Assert.Equal(0, Scalar(store, "select count(*) - count(distinct output_serial) from scenario_run_rows where state = 'succeeded'"));
        return store.Runs.Counts();
    }

    private static long Scalar(AurumStore store, string sql)
    {
        using var reader = store.Read.Sql(sql);
        Assert.True(reader.NextChunk());
        return reader.Whole(0, 0);
    }
}
