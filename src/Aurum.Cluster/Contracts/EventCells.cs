using System.Buffers.Text;
using System.Globalization;
using Aurum.Store.Avro;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Cells of rows as Avro values. Optional ones are the union of null and the type, in this order.</summary>
internal static class EventCells
{
    public const long MicrosPerSecond = 1_000_000;
    public const long MicrosPerMinute = 60 * MicrosPerSecond;
    public const long MicrosPerDay = 86_400 * MicrosPerSecond;

    private static readonly int UnixEpochDay = new DateOnly(1970, 1, 1).DayNumber;

    private const long Absent = 0;
    private const long Present = 1;

    public static void Null(this AvroBuffer output) => output.WriteLong(Absent);

    /// <summary>A text; empty: null.</summary>
    public static void OptionalText(this AvroBuffer output, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            output.Null();
            return;
        }

        output.WriteLong(Present);
        output.WriteBytes(text);
    }

    /// <summary>A text; null or empty: null.</summary>
    public static void OptionalText(this AvroBuffer output, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            output.Null();
            return;
        }

        output.WriteLong(Present);
        output.WriteText(text);
    }

    /// <summary>A number; NaN: null.</summary>
    public static void OptionalNumber(this AvroBuffer output, double number)
    {
        if (double.IsNaN(number))
        {
            output.Null();
            return;
        }

        output.WriteLong(Present);
        output.WriteDouble(number);
    }

    public static void OptionalLong(this AvroBuffer output, long? number)
    {
        if (number is not { } value)
        {
            output.Null();
            return;
        }

        output.WriteLong(Present);
        output.WriteLong(value);
    }

    /// <summary>A whole number as a text.</summary>
    public static void OptionalDigits(this AvroBuffer output, long number)
    {
        output.WriteLong(Present);
        output.WriteDigits(number);
    }

    /// <summary>A whole number as a text.</summary>
    public static void WriteDigits(this AvroBuffer output, long number)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, digits, out var length);
        output.WriteBytes(digits[..length]);
    }

    /// <summary>An instant as the text <c>2025-11-02T08:00:00Z</c>.</summary>
    public static void WriteStamp(this AvroBuffer output, long micros)
    {
        Span<byte> text = stackalloc byte[32];
        DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond)
            .TryFormat(text, out var length, "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        output.WriteBytes(text[..length]);
    }

    /// <summary>A list of texts.</summary>
    public static void Texts(this AvroBuffer output, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            output.WriteLong(texts.Count);
            foreach (var text in texts)
            {
                output.WriteText(text);
            }
        }

        output.WriteLong(0);
    }

    public static void Map(this AvroBuffer output, params ReadOnlySpan<(string Name, string? Value)> entries)
    {
        var count = 0;
        foreach (var (_, value) in entries)
        {
            count += string.IsNullOrEmpty(value) ? 0 : 1;
        }

        if (count > 0)
        {
            output.WriteLong(count);
            foreach (var (name, value) in entries)
            {
                if (!string.IsNullOrEmpty(value))
                {
                    output.WriteText(name);
                    output.WriteText(value);
                }
            }
        }

        output.WriteLong(0);
    }

    /// <summary>Texts by name that have one; null where none has.</summary>
    public static void OptionalMap(this AvroBuffer output, params ReadOnlySpan<(string Name, string? Value)> entries)
    {
        foreach (var (_, value) in entries)
        {
            if (!string.IsNullOrEmpty(value))
            {
                output.WriteLong(Present);
                output.Map(entries);
                return;
            }
        }

        output.Null();
    }

    public static long? MicrosOrNull(this RowReader rows, int column, int row) =>
        rows.IsNull(column, row) ? null : rows.InstantMicros(column, row);

    /// <summary>Days since 1970 of an instant in UTC.</summary>
    public static long UtcDay(long micros) => micros >= 0 ? micros / MicrosPerDay : -((-micros + MicrosPerDay - 1) / MicrosPerDay);

    /// <summary>Days since 1970 of a date like <c>2025-09-17</c>; null for anything else.</summary>
    public static int? Day(ReadOnlySpan<byte> date) =>
        date.Length == 10 && date[4] == '-' && date[7] == '-'
        && Utf8Parser.TryParse(date[..4], out int year, out var y) && y == 4
        && Utf8Parser.TryParse(date[5..7], out int month, out var m) && m == 2 && month is >= 1 and <= 12
        && Utf8Parser.TryParse(date[8..], out int day, out var d) && d == 2 && year is >= 1 and <= 9999
        && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day).DayNumber - UnixEpochDay
            : null;
}
