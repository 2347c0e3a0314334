using Aurum.Market.Series;

namespace Aurum.Sources.Fred;

/// <summary>A series that is asked for.</summary>
/// <param name="Id">FRED's id, at most 25 letters and digits.</param>
/// <param name="Frequency">Length of its periods; an answer with observations does not say it.</param>
/// <param name="Unit">Unit in words, as FRED's metadata gives it; an answer with observations does not say it.</param>
public sealed record FredSeries(string Id, SeriesFrequency Frequency, string Unit)
{
    /// <summary>Energy prices, the prices that contracts are indexed to, exchange and interest rates, output.</summary>
    public static IReadOnlyList<FredSeries> Asked { get; } =
    [
        new("DCOILWTICO", SeriesFrequency.Daily, "Dollars per Barrel"),
        new("DCOILBRENTEU", SeriesFrequency.Daily, "Dollars per Barrel"),
        new("DHHNGSP", SeriesFrequency.Daily, "Dollars per Million BTU"),
        new("DGS10", SeriesFrequency.Daily, "Percent"),
        new("DFF", SeriesFrequency.Daily, "Percent"),
        new("DEXCAUS", SeriesFrequency.Daily, "Canadian Dollars to One U.S. Dollar"),
        new("DEXMXUS", SeriesFrequency.Daily, "Mexican Pesos to One U.S. Dollar"),
        new("DEXUSEU", SeriesFrequency.Daily, "U.S. Dollars to One Euro"),
        new("GASREGW", SeriesFrequency.Weekly, "Dollars per Gallon"),
        new("MHHNGSP", SeriesFrequency.Monthly, "Dollars per Million BTU"),
        new("CPIAUCSL", SeriesFrequency.Monthly, "Index 1982-1984=100"),
        new("CPIENGSL", SeriesFrequency.Monthly, "Index 1982-1984=100"),
        new("APU000072610", SeriesFrequency.Monthly, "U.S. Dollars"),
        new("PCU22112211", SeriesFrequency.Monthly, "Index Dec 1990=100"),
        new("IPG2211S", SeriesFrequency.Monthly, "Index 2017=100"),
        new("GDPC1", SeriesFrequency.Quarterly, "Billions of Chained 2017 Dollars"),
    ];

    public static FredSeries? Find(string id) => Asked.FirstOrDefault(s => s.Id == id);

    /// <summary>How far back observations are looked at for new vintages, days: as long as the office usually revises them.</summary>
    public int WindowDays => Frequency switch
    {
        SeriesFrequency.Daily => 30,
        SeriesFrequency.Weekly or SeriesFrequency.Biweekly => 120,
        _ => 5 * 366,
    };
}
