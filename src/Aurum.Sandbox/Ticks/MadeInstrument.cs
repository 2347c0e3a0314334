using System.Globalization;

namespace Aurum.Sandbox.Ticks;

/// <summary>An instrument of a made-up stream: every twentieth is a delivery month of a forward curve, the others are places of the
/// markets in turn.</summary>
public sealed record MadeInstrument(string Market, string Symbol, string InstrumentId, string Source, int ContractMonth)
{
    private const int CurveEvery = 20;
    private const int Months = 9;

    private static readonly string[] Markets = ["CAISO", "MISO", "ERCOT", "PJM", "NYISO", "SPP", "ISO-NE", "AESO"];

    /// <summary><c>2026-04</c>; empty where it is no curve.</summary>
    public string MonthText { get; } = ContractMonth == 0 ? "" : Aurum.Market.Ticks.TickInstrument.MonthText(ContractMonth);

    public static MadeInstrument Of(int index)
    {
        var market = Markets[index % Markets.Length];
        if (index % CurveEvery != CurveEvery - 1)
        {
            var place = index.ToString("D4", CultureInfo.InvariantCulture);
            return new MadeInstrument(
                market, $"NODE_{place}", $"{market}.NODE_{place}.RT", $"{market.ToLowerInvariant()}-feed", 0);
        }

        var curve = index / CurveEvery;
        return new MadeInstrument(
            "ICE", $"PWR{curve / Months:D3}", $"ICE.PWR{curve / Months:D3}", "ice-feed", 202604 + (curve % Months));
    }
}
