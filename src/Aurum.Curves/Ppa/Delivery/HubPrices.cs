using Aurum.Curves.Building;
using Aurum.Curves.Building.Shapes;
using NodaTime.Text;

namespace Aurum.Curves.Ppa.Delivery;

/// <summary>Prices of the hours of a grid: a shape laid on each month of each block and moved, or stretched, until the hours' mean is the
/// forward price exactly.</summary>
/// <remarks>The same rule as <see cref="HourlyExpansion"/>, over arrays that are laid out once: it gives the same numbers.</remarks>
internal static class HubPrices
{
    private const int HoursOfClock = 24;

    /// <exception cref="ValuationRefusedException">The shape is of another clock, or a ratio whose mean is not above zero.</exception>
    public static double[] Of(DeliveryGrid grid, ForwardTable forwards, HourlyShape? shape)
    {
        if (shape is not null && shape.Calendar.Name != grid.Calendar.Name)
        {
            throw new ValuationRefusedException(
                $"expected a price shape of market {grid.Calendar.Name}, found one of {shape.Calendar.Name}");
        }

        var table = TableOf(shape);
        var kind = shape?.Kind ?? ShapeKind.Difference;
        var hours = new double[grid.Hours];
        var cells = grid.ShapeCells;
        for (var i = 0; i < hours.Length; i++)
        {
            hours[i] = table[cells[i]];
        }

        for (var m = 0; m < grid.Months.Count; m++)
        {
            var month = grid.Months[m];
            if (!forwards.HasBlocks)
            {
                NormalizeAll(hours.AsSpan(month.FirstHour, month.Hours), kind, forwards.OnPeak[m], month);
                continue;
            }

            var onPeak = grid.OnPeak.AsSpan(month.FirstHour, month.Hours);
            NormalizeBlock(hours.AsSpan(month.FirstHour, month.Hours), onPeak, true, kind, forwards.OnPeak[m], month);
            NormalizeBlock(hours.AsSpan(month.FirstHour, month.Hours), onPeak, false, kind, forwards.OffPeak[m], month);
        }

        return hours;
    }

    /// <summary>The shape with its distance from the mean times a factor.</summary>
    public static HourlyShape Scaled(HourlyShape shape, double factor)
    {
        var middle = shape.Kind == ShapeKind.Ratio ? 1.0 : 0.0;
        return shape with
        {
            Rows =
            [
                .. shape.Rows.Select(r => r with { ByHour = Array.ConvertAll(r.ByHour, x => middle + ((x - middle) * factor)) }),
            ],
        };
    }

    private static double[] TableOf(HourlyShape? shape)
    {
        var table = new double[12 * DayTypes.Count * HoursOfClock];
        for (var row = 0; shape is not null && row < shape.Rows.Count; row++)
        {
            shape.Rows[row].ByHour.CopyTo(table, row * HoursOfClock);
        }

        return table;
    }

    private static void NormalizeAll(Span<double> hours, ShapeKind kind, double price, GridMonth month)
    {
        var sum = 0.0;
        foreach (var hour in hours)
        {
            sum += hour;
        }

        var mean = sum / hours.Length;
        RefuseNoRatio(kind, mean, month);
        sum = 0;
        foreach (ref var hour in hours)
        {
            hour = kind == ShapeKind.Ratio ? hour / mean * price : hour - mean + price;
            sum += hour;
        }

        var rest = price - (sum / hours.Length);
        foreach (ref var hour in hours)
        {
            hour += rest;
        }
    }

    private static void NormalizeBlock(
        Span<double> hours, ReadOnlySpan<bool> onPeak, bool isOnPeak, ShapeKind kind, double price, GridMonth month)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < hours.Length; i++)
        {
            if (onPeak[i] == isOnPeak)
            {
                sum += hours[i];
                count++;
            }
        }

        if (count == 0)
        {
            return;
        }

        var mean = sum / count;
        RefuseNoRatio(kind, mean, month);
        sum = 0;
        for (var i = 0; i < hours.Length; i++)
        {
            if (onPeak[i] == isOnPeak)
            {
                hours[i] = kind == ShapeKind.Ratio ? hours[i] / mean * price : hours[i] - mean + price;
                sum += hours[i];
            }
        }

        var rest = price - (sum / count);
        for (var i = 0; i < hours.Length; i++)
        {
            hours[i] += onPeak[i] == isOnPeak ? rest : 0;
        }
    }

    private static void RefuseNoRatio(ShapeKind kind, double mean, GridMonth month)
    {
        if (kind == ShapeKind.Ratio && mean <= 0)
        {
            throw new ValuationRefusedException(FormattableString.Invariant(
                $"expected a price shape with a mean above zero in {YearMonthPattern.Iso.Format(month.Month)}, found {mean:0.####}"));
        }
    }
}
