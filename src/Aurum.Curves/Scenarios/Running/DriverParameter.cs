using Aurum.Curves.Documents;

namespace Aurum.Curves.Scenarios.Running;

/// <summary>A number of a driver by its name in documents: it can be read, and replaced in a copy.</summary>
/// <param name="Name">As documents write it.</param>
/// <param name="Range">What it may be.</param>
/// <param name="Get">Its value; null where the driver does not have it.</param>
/// <param name="Set">A copy of the driver with another value.</param>
internal sealed record DriverParameter(string Name, NumberRange Range, Func<Driver, double?> Get, Func<Driver, double, Driver> Set)
{
    public static DriverParameter Of<T>(string name, NumberRange range, Func<T, double?> get, Func<T, double, T> set)
        where T : Driver => new(name, range, driver => get((T)driver), (driver, value) => set((T)driver, value));

    /// <summary>The value that is allowed and nearest to one.</summary>
    public double Nearest(double value) => Range.Contains(value) ? value
        : value > Range.Max ? Range.Max
        : Range.IsAboveMin ? Math.Max(Range.Min, double.Epsilon)
        : Range.Min;
}
