using NodaTime;

namespace Aurum.App.Simulation;

/// <summary>A simulated stretch of time.</summary>
/// <param name="Seed">Seed of world, faults, kills and start.</param>
/// <param name="Days">Virtual days, 1 to 366.</param>
/// <param name="HasFaults">Whether publishers answer badly at times and the process gets killed.</param>
internal sealed record SimulationOptions(ulong Seed, int Days, bool HasFaults)
{
    /// <summary>Days around which simulations start: clock changes both ways, a leap day, a year's end, an ordinary day.</summary>
    private static readonly LocalDate[] Starts =
    [
        new(2025, 3, 8), new(2025, 11, 1), new(2026, 3, 7), new(2026, 10, 31), new(2024, 2, 28), new(2025, 12, 30), new(2026, 6, 10),
    ];

    /// <summary>Noon UTC of the first day.</summary>
    public Instant Start => (Starts[(int)(Seed % (ulong)Starts.Length)] + new LocalTime(12, 0)).InUtc().ToInstant();

    public Instant End => Start + Duration.FromDays(Days);
}
