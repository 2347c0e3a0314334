using Aurum.Store.Engines;

namespace Aurum.Store.Lake.Metadata;

/// <summary>Days and months since 1970-01-01, as partitions count them.</summary>
internal static class DateTransforms
{
    private const int MonthsPerYear = 12;
    private const long MicrosPerDay = 86_400_000_000;

    /// <param name="transform">Day or month.</param>
    /// <param name="source">Type of the value.</param>
    /// <param name="value">Days (a date) or microseconds (a time) since 1970-01-01.</param>
    public static int Apply(Transform transform, LakeType source, IComparable value)
    {
        var days = source.Kind == LakeKind.Date ? (int)value : checked((int)Floor((long)value, MicrosPerDay));
        if (transform == Transform.Day)
        {
            return days;
        }

        var date = EngineTimes.FromDays(days);
        return (date.Year - EngineTimes.Epoch.Year) * MonthsPerYear + date.Month - 1;
    }

    private static long Floor(long value, long by) => value / by - (value % by < 0 ? 1 : 0);
}
