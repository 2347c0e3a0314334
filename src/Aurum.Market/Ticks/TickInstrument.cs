using System.Globalization;

namespace Aurum.Market.Ticks;

/// <summary>What ticks are of, as one tenant has it.</summary>
/// <param name="Number">Index in the run's table.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="InstrumentId">The name that the tenant knows it by.</param>
/// <param name="Market">Upper-case code of the market: <c>CAISO</c>.</param>
/// <param name="Symbol">The source's name of it.</param>
/// <param name="ContractMonth">Year and month of delivery as yyyyMM, where ticks are quotes of a forward curve; else 0.</param>
/// <param name="Currency">Of its prices: <c>USD</c>.</param>
/// <param name="Unit">Of its volume; prices are per this unit: <c>MWh</c>.</param>
public sealed record TickInstrument(
    int Number, string Tenant, string InstrumentId, string Market, string Symbol, int ContractMonth, string Currency, string Unit)
{
    /// <summary>Whether its ticks are points of a forward curve.</summary>
    public bool IsCurve => ContractMonth != 0;

    /// <summary>The id under which bars and prices are read: of a curve with its month, <c>ICE.PJMW@2026-04</c>.</summary>
    public string Name { get; } = ContractMonth == 0 ? InstrumentId : $"{InstrumentId}@{MonthText(ContractMonth)}";

    /// <summary><c>2026-04</c> for 202604.</summary>
    public static string MonthText(int contractMonth) =>
        string.Create(CultureInfo.InvariantCulture, $"{contractMonth / 100:0000}-{contractMonth % 100:00}");
}
