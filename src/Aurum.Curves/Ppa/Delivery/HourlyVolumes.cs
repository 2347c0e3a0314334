using Aurum.Curves.Ppa.Terms;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Ppa.Delivery;

/// <summary>Expected volume of the hours of a grid, MWh.</summary>
internal static class HourlyVolumes
{
    private const int HoursOfClock = 24;

    /// <exception cref="ValuationRefusedException">The contract's shape is a history, and the view has none or too short a one.</exception>
    public static double[] Of(DeliveryGrid grid, PpaContract contract, MarketView view)
    {
        var volumes = new double[grid.Hours];
        switch (contract.Volume.Kind)
        {
            case VolumeKind.Baseload:
                FillBlocks(volumes, grid, contract.Volume, _ => contract.Volume.CapacityMw);
                break;
            case VolumeKind.MonthlyProfile:
                FillBlocks(volumes, grid, contract.Volume, month => contract.Volume.Profile[month.Month - 1]);
                break;
            default:
                FillProduced(volumes, grid, contract, view);
                break;
        }

        return volumes;
    }

    private static void FillBlocks(double[] volumes, DeliveryGrid grid, PpaVolume volume, Func<YearMonth, double> amountOf)
    {
        var isEnergy = volume.Kind == VolumeKind.MonthlyProfile && volume.ProfileUnit == ProfileUnit.Mwh;
        foreach (var month in grid.Months)
        {
            var amount = amountOf(month.Month);
            if (isEnergy)
            {
                amount /= Math.Max(CountOf(grid, month, volume.Block), 1);
            }

            for (var i = month.FirstHour; i < month.FirstHour + month.Hours; i++)
            {
                volumes[i] = IsIn(volume.Block, grid.OnPeak[i]) ? amount : 0;
            }
        }
    }

    private static int CountOf(DeliveryGrid grid, GridMonth month, Block block)
    {
        var count = 0;
        for (var i = month.FirstHour; i < month.FirstHour + month.Hours; i++)
        {
            count += IsIn(block, grid.OnPeak[i]) ? 1 : 0;
        }

        return count;
    }

    private static bool IsIn(Block block, bool isOnPeak) => block switch
    {
        Block.OnPeak => isOnPeak,
        Block.OffPeak => !isOnPeak,
        _ => true,
    };

    private static void FillProduced(double[] volumes, DeliveryGrid grid, PpaContract contract, MarketView view)
    {
        var volume = contract.Volume;
        var shape = volume.Shape!;
        var (factors, isByDay) = shape.Kind switch
        {
            GenerationShapeKind.MonthHours => (shape.Factors, false),
            GenerationShapeKind.Hours => (shape.Factors, true),
            _ => (TypicalYear.Of(grid.Calendar, view.Generation, shape.History!), true),
        };
        var table = factors as double[] ?? [.. factors];
        var cells = grid.ShapeCells;
        foreach (var day in grid.Days)
        {
            var mw = MwOf(contract, day.Date);
            var row = isByDay ? TypicalYear.DayOf(day.Date) * HoursOfClock : (day.Date.Month - 1) * HoursOfClock;
            var rowStart = cells[day.FirstHour] / HoursOfClock * HoursOfClock;
            for (var i = day.FirstHour; i < day.FirstHour + day.Hours; i++)
            {
                volumes[i] = mw * table[row + cells[i] - rowStart];
            }
        }
    }

    /// <summary>Power of a day at full output, MW.</summary>
    private static double MwOf(PpaContract contract, LocalDate date)
    {
        var volume = contract.Volume;
        var from = volume.DegradationFrom ?? contract.Start;
        var years = date < from ? 0 : WholeYears(from, date);
        var mw = volume.CapacityMw * volume.SharePercent / 100 * Math.Pow(1 - (volume.DegradationPercentPerYear / 100), years);
        mw *= volume.Exceedance == Exceedance.P90 ? volume.P90PercentOfP50 / 100 : 1;
        return volume.Kind == VolumeKind.ProxyGeneration
            ? mw * volume.ProxyPercent / 100
            : mw * volume.AvailabilityPercent[date.Month - 1] / 100;
    }

    /// <summary>Anniversaries of a day up to another; that of 29 February is on the 28th in other years.</summary>
    internal static int WholeYears(LocalDate from, LocalDate to)
    {
        var years = to.Year - from.Year;
        return to >= from.PlusYears(years) ? years : years - 1;
    }
}
