using NodaTime;

namespace Aurum.Curves.Building.Shapes;

/// <summary>Days that use power alike.</summary>
public enum DayType
{
    Weekday,
    Saturday,

    /// <summary>Sundays and holidays.</summary>
    Sunday,
}

/// <summary>Which day is of which type.</summary>
internal static class DayTypes
{
    public const int Count = 3;

    public static DayType Of(IsoDayOfWeek weekday, bool isHoliday) =>
        isHoliday || weekday == IsoDayOfWeek.Sunday ? DayType.Sunday
        : weekday == IsoDayOfWeek.Saturday ? DayType.Saturday
        : DayType.Weekday;
}
