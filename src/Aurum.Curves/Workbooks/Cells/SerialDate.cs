using NodaTime;

namespace Aurum.Curves.Workbooks.Cells;

/// <summary>Spreadsheets' count of days. Day 1 is 1 January 1900, and a 29 February 1900 that never was is counted; or day 0 is
/// 1 January 1904.</summary>
internal static class SerialDate
{
    private const int LastSerial = 2_958_465;
    private const int LeapDayThatNeverWas = 60;

    private static readonly LocalDate Epoch1900 = new(1899, 12, 30);
    private static readonly LocalDate Epoch1904 = new(1904, 1, 1);

    /// <summary>The day of a count; null where it lies outside the years 1900 to 9999, and for the day that never was.</summary>
    public static LocalDate? ToDate(double serial, bool epochIs1904)
    {
        if (!(serial >= 0 && serial < LastSerial + 1))
        {
            return null;
        }

        var day = (int)serial;
        if (epochIs1904)
        {
            return Epoch1904.PlusDays(day);
        }

        return day is 0 or LeapDayThatNeverWas ? null : Epoch1900.PlusDays(day < LeapDayThatNeverWas ? day + 1 : day);
    }

    /// <summary>The count of a day from March 1900 on.</summary>
    public static double Of(LocalDate date) => Period.DaysBetween(Epoch1900, date);
}
