using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Manifests;
using Aurum.Curves.Ppa.Delivery;
using NodaTime;

namespace Aurum.App.Ppa.Markets;

/// <summary>A view of the market made of stored curves and histories, with all that it hangs on.</summary>
/// <param name="View">The view.</param>
/// <param name="AsOf">As-of date of its curves.</param>
/// <param name="Curves">Pins of the curves.</param>
/// <param name="Series">Pins of histories and rates.</param>
/// <param name="Scenario">The run whose prices it has; null: the curves' own.</param>
/// <param name="Prices">Hours of prices that a model may be taken from; null where none are asked for.</param>
/// <param name="Notes">What was taken for what, for people, a sentence each.</param>
internal sealed record ResolvedMarket(
    MarketView View,
    LocalDate AsOf,
    IReadOnlyList<CurvePin> Curves,
    IReadOnlyList<SeriesPin> Series,
    ScenarioPrices? Scenario,
    HourlyHistory? Prices,
    IReadOnlyList<string> Notes);
