using Aurum.App.Api.Requests;
using Aurum.App.Ppa.Orders;
using Aurum.Store;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Ppa.Markets;

/// <summary>Prices by month that a run of a scenario came to, in place of those of the curves.</summary>
internal sealed class ScenarioPrices
{
    private const string Metric = "mid";
    private const string Monthly = "MONTHLY";
    private const int Page = 10_000;

    private readonly AurumStore _store;

    private ScenarioPrices(AurumStore store, RunRecord run)
    {
        _store = store;
        Run = run;
    }

    public RunRecord Run { get; }

    /// <summary>The run that an order names; null where it names none.</summary>
    /// <exception cref="RequestFormatException">404: the tenant has no such scenario or run; or the run has no outputs, or others than the
    /// order pins.</exception>
    public static ScenarioPrices? Of(AurumStore store, string tenant, ValuationOrder order, Instant knownAt)
    {
        if (order.ScenarioId is null && order.RunId is null)
        {
            return null;
        }

        var run = order.RunId is { } id ? store.Runs.Find(tenant, id) : store.Runs.Latest(tenant, order.ScenarioId!, knownAt);
        if (run is null || (order.ScenarioId is { } scenario && run.ScenarioId != scenario))
        {
            throw order.RunId is { } unknown
                ? new RequestFormatException(
                    "run_id", "a run of the scenario, as 'aurum scenario show' lists them", $"'{unknown}'", StatusCodes.Status404NotFound)
                : new RequestFormatException(
                    "scenario_id", "a scenario with a run that succeeded; 'aurum scenario run ID' makes one", $"'{order.ScenarioId}'",
                    StatusCodes.Status404NotFound);
        }

        if (run.State != RunState.Succeeded)
        {
            throw new RequestFormatException("run_id", "a run that succeeded", $"one that is {run.State.Word()}");
        }

        return order.RunOutputSha256 is { } pinned && pinned != run.OutputHash
            ? throw new RequestFormatException("run_output_sha256", pinned, run.OutputHash ?? "none")
            : new ScenarioPrices(store, run);
    }

    /// <summary>Prices of a curve by month; none where the run has nothing of it.</summary>
    public IReadOnlyList<OutputRecord> Months(string curveKey)
    {
        var months = new List<OutputRecord>();
        for (var after = -1; ;)
        {
            var page = _store.Runs.Outputs(
                new OutputQuery(Run.Id, Page) { Metric = Metric, TenorType = Monthly, CurveKey = curveKey, After = after });
            months.AddRange(page);
            if (page.Count < Page)
            {
                return months;
            }

            after = page[^1].Ordinal;
        }
    }
}
