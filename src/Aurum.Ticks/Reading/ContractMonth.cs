namespace Aurum.Ticks.Reading;

/// <summary>Delivery months of forward curves: <c>2026-04</c>.</summary>
internal static class ContractMonth
{
    public const string Expected = "a month as 2026-04";

    /// <param name="text"><c>2026-04</c>, or <c>2026-04-01</c> for its first day.</param>
    /// <param name="month">Year and month as yyyyMM.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out int month)
    {
        month = 0;
        if (text.Length == 10 && text.EndsWith("-01"u8))
        {
            text = text[..7];
        }

        if (text.Length != 7 || text[4] != '-')
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (i != 4 && digit > 9)
            {
                return false;
            }

            month = i == 4 ? month : (month * 10) + (int)digit;
        }

        return month is >= 200001 and <= 209912 && (month % 100) is >= 1 and <= 12;
    }
}
