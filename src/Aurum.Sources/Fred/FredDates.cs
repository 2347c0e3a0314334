using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Fred;

/// <summary>FRED's dates: <c>2024-12-16</c>, from <c>1600-01-01</c> (open start) to <c>9999-12-31</c> (open end).</summary>
internal static class FredDates
{
    public static bool TryParse(ReadOnlySpan<byte> text, out LocalDate date)
    {
        date = default;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-'
            || !Numbers.TryParseInteger(text[..4], out var year) || !Numbers.TryParseInteger(text.Slice(5, 2), out var month)
            || !Numbers.TryParseInteger(text[8..], out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
        {
            return false;
        }

        date = new LocalDate(year, month, day);
        return true;
    }

    /// <summary>The dates of all observations of an answer.</summary>
    public static IReadOnlyCollection<LocalDate> All(FeedFile file)
    {
        var dates = new HashSet<LocalDate>();
        using var archive = new ArchiveReader(file);
        var entry = archive.Next()!;
        var json = new JsonStream(entry.Content, entry.Name);
        try
        {
            while (json.Read())
            {
                if (json.IsProperty("date"u8) && json.Read() && json.Token == JsonTokenType.String
                    && TryParse(json.Utf8(), out var date))
                {
                    dates.Add(date);
                }
            }
        }
        finally
        {
            json.Dispose();
        }

        return dates;
    }
}
