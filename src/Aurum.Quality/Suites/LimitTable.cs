using NodaTime;

namespace Aurum.Quality.Suites;

/// <summary>Lowest and highest price of each market, by the day from which it holds.</summary>
/// <param name="Name">Name that expectations refer to.</param>
/// <param name="Limits">One a market and period.</param>
/// <param name="Place">Where the table stands.</param>
public sealed record LimitTable(string Name, IReadOnlyList<MarketLimit> Limits, SuitePlace Place);

/// <summary>A market's price limits, USD/MWh (USD/MW for reserves), both inclusive.</summary>
/// <param name="IsoCode">CAISO, NYISO, ...</param>
/// <param name="IsoMarket">DAY_AHEAD, ...; <c>*</c> for every market of the ISO.</param>
/// <param name="From">First operating day, in the market's zone; null: since ever.</param>
/// <param name="Floor">Lowest price.</param>
/// <param name="Cap">Highest price.</param>
public sealed record MarketLimit(string IsoCode, string IsoMarket, LocalDate? From, double Floor, double Cap);
