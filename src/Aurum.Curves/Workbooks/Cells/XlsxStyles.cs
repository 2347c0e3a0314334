using System.Buffers;
using Aurum.Sources.Reading;

namespace Aurum.Curves.Workbooks.Cells;

/// <summary>Which of a workbook's cell formats show a date or time.</summary>
internal sealed class XlsxStyles
{
    private static readonly SearchValues<byte> TimeLetters = SearchValues.Create("hHmMsS"u8);

    private readonly List<bool> _isDate = [];

    public bool IsDate(int style) => (uint)style < (uint)_isDate.Count && _isDate[style];

    public void Read(Utf8XmlReader xml, WorkbookLimits limits)
    {
        var dateFormats = new Dictionary<int, bool>();
        while (xml.Read())
        {
            if (xml.Token != XmlToken.Start)
            {
                continue;
            }

            if (xml.Name.SequenceEqual("numFmt"u8))
            {
                dateFormats[xml.AttributeNumber("numFmtId"u8, 0)] = ShowsDate(xml.Attribute("formatCode"u8));
            }
            else if (xml.Name.SequenceEqual("cellXfs"u8))
            {
                ReadFormats(xml, dateFormats, limits);
            }
        }
    }

    /// <summary>Whether a format's first section has letters of dates outside quotes, escapes and brackets.</summary>
    /// <remarks>Elapsed time, <c>[h]</c>, counts as well; colours and locales in brackets do not.</remarks>
    internal static bool ShowsDate(ReadOnlySpan<byte> format)
    {
        for (var i = 0; i < format.Length; i++)
        {
            switch (format[i] | 0x20)
            {
                case 'y' or 'm' or 'd' or 'h' or 's':
                    return true;
                case 'g' when format[i..].StartsWith("General"u8):
                    return false;
            }

            switch (format[i])
            {
                case (byte)'"':
                    i = EndOf(format, i + 1, (byte)'"');
                    break;
                case (byte)'[':
                    var end = EndOf(format, i + 1, (byte)']');
                    if (IsElapsed(format[(i + 1)..Math.Min(end, format.Length)]))
                    {
                        return true;
                    }

                    i = end;
                    break;
                case (byte)'\\' or (byte)'_' or (byte)'*':
                    i++;
                    break;
                case (byte)';':
                    return false;
            }
        }

        return false;
    }

    private static int EndOf(ReadOnlySpan<byte> format, int from, byte mark) =>
        format[Math.Min(from, format.Length)..].IndexOf(mark) is >= 0 and var length ? from + length : format.Length;

    private static bool IsElapsed(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(TimeLetters);

    private void ReadFormats(Utf8XmlReader xml, Dictionary<int, bool> dateFormats, WorkbookLimits limits)
    {
        var depth = xml.Depth;
        while (xml.NextInside(depth))
        {
            if (!xml.Name.SequenceEqual("xf"u8) || xml.Depth != depth + 1)
            {
                continue;
            }

            if (_isDate.Count == limits.MaxFormats)
            {
                throw xml.Unexpected($"at most {limits.MaxFormats} cell formats", "more");
            }

            var id = xml.AttributeNumber("numFmtId"u8, 0);
            _isDate.Add(dateFormats.TryGetValue(id, out var isDate) ? isDate : IsBuiltInDate(id));
        }
    }

    /// <summary>The formats that need no definition: dates and times, and those of East Asian calendars.</summary>
    private static bool IsBuiltInDate(int id) => id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);
}
