namespace Aurum.Market.Time;

/// <summary>A North American word for a time: EST, EDT, CST, CDT, MST, MDT, PST, PDT, GMT, UTC. Each has one offset.</summary>
public readonly record struct TimeZoneWord
{
    private static readonly TimeZoneWord[] Known =
    [
        new("EST", -5), new("EDT", -4), new("CST", -6), new("CDT", -5), new("MST", -7), new("MDT", -6),
        new("PST", -8), new("PDT", -7), new("UTC", 0), new("GMT", 0),
    ];

    private TimeZoneWord(string text, int offsetHours)
    {
        Text = text;
        OffsetSeconds = offsetHours * LocalSeconds.PerHour;
    }

    public string Text { get; }

    /// <summary>Seconds ahead of UTC.</summary>
    public int OffsetSeconds { get; }

    public static bool TryParse(ReadOnlySpan<byte> utf8, out TimeZoneWord word)
    {
        foreach (var known in Known)
        {
            if (System.Text.Ascii.Equals(utf8, known.Text))
            {
                word = known;
                return true;
            }
        }

        word = default;
        return false;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out TimeZoneWord word)
    {
        Span<byte> utf8 = stackalloc byte[3];
        word = default;
        return HourText.TryToUtf8(text, utf8, out var length) && TryParse(utf8[..length], out word);
    }

    public override string ToString() => Text;
}
