using System.Globalization;
using Aurum.Store.Avro;

namespace Aurum.Cluster.Contracts;

/// <summary>What kind of period an interval in UTC is, and how statistical offices write it.</summary>
internal static class SeriesPeriods
{
    public const string Annual = "ANNUAL";
    public const string Quarterly = "QUARTERLY";
    public const string Monthly = "MONTHLY";
    public const string Weekly = "WEEKLY";
    public const string Daily = "DAILY";
    public const string Hourly = "HOURLY";
    public const string Other = "OTHER";

    private const long MicrosPerHour = 60 * EventCells.MicrosPerMinute;

    /// <summary>The frequency that has periods of this length; lengths that the clock or the calendar varies count.</summary>
    public static string Of(long startMicros, long endMicros) => ((double)(endMicros - startMicros) / MicrosPerHour) switch
    {
        1 => Hourly,
        >= 23 and <= 25 => Daily,
        >= 167 and <= 169 => Weekly,
        >= (28 * 24) - 1 and <= (31 * 24) + 1 => Monthly,
        >= (90 * 24) - 1 and <= (92 * 24) + 1 => Quarterly,
        >= (365 * 24) - 1 and <= (366 * 24) + 1 => Annual,
        _ => Other,
    };

    /// <summary>The period as an Avro string.</summary>
    public static void Write(AvroBuffer output, string frequency, long startMicros)
    {
        var start = DateTime.UnixEpoch.AddTicks(startMicros * TimeSpan.TicksPerMicrosecond);
        Span<char> text = stackalloc char[24];
        var length = 0;
        if (frequency == Quarterly)
        {
            text.TryWrite(CultureInfo.InvariantCulture, $"{start.Year:0000}-Q{((start.Month - 1) / 3) + 1}", out length);
        }
        else
        {
            var form = frequency switch
            {
                Annual => "yyyy",
                Monthly => "yyyy-MM",
                Daily or Weekly => "yyyy-MM-dd",
                Hourly => "yyyy-MM-ddTHH",
                _ => "yyyy-MM-ddTHH:mm:ssZ",
            };
            start.TryFormat(text, out length, form, CultureInfo.InvariantCulture);
        }

        output.WriteLong(length);
        foreach (var letter in text[..length])
        {
            output.WriteByte((byte)letter);
        }
    }
}
