using Aurum.Market.Time;

namespace Aurum.Sources.Ercot;

/// <summary>Reads the instant of a dispatch run: SCEDTimestamp on the Central clock, and the flag of the repeated hour.</summary>
internal sealed class ErcotRuns(ErcotReport report, RepeatedHourFlag flag)
{
    private readonly int _time = report.Header.Required("SCEDTimestamp");
    private readonly int _repeated = report.Header.Required("repeatedHourFlag", "repeatHourFlag");

    /// <summary>The instant of the current row. Its values hold until the next run, which no row knows.</summary>
    public DeliveryInterval Read()
    {
        var reading = LocalSeconds.ToLocalDateTime(report.LocalTime(_time));
        return DeliveryInterval.At(flag.Stamp(reading, report.Flag(_repeated), MarketZones.Central).ToInstant(MarketZones.Central));
    }
}
