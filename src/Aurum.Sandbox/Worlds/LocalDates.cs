using NodaTime;

namespace Aurum.Sandbox.Worlds;

internal static class LocalDates
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public static int DaysSinceEpoch(this LocalDate date) => Period.DaysBetween(Epoch, date);
}
