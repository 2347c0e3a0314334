using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;

namespace Aurum.Market.Curves;

/// <summary>A delivery period in whole months, under the name that its vendor gives it.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Label">Its name with single blanks: <c>2025-09</c>, <c>Calendar 2026</c>, <c>Winter 2026</c>.</param>
/// <param name="First">First month of delivery.</param>
/// <param name="Last">Last month of delivery.</param>
public sealed partial record Tenor(TenorType Type, string Label, YearMonth First, YearMonth Last)
{
    private const int FirstSummerMonth = 4;
    private const int LastSummerMonth = 10;
    private const int FirstWinterMonth = 11;
    private const int LastWinterMonth = 3;

    /// <summary><see cref="Label"/> as UTF-8.</summary>
    internal byte[] LabelUtf8 { get; } = Encoding.UTF8.GetBytes(Label);

    /// <summary>First day of delivery as UTF-8: <c>2025-09-01</c>; empty where the period is not known.</summary>
    internal byte[] FirstDayUtf8 { get; } = First == default ? [] : Encoding.UTF8.GetBytes(MonthText(First) + "-01");

    /// <summary>Whole months of delivery.</summary>
    public int Months => ((Last.Year - First.Year) * 12) + Last.Month - First.Month + 1;

    public bool Equals(Tenor? other) =>
        other is not null && Type == other.Type && Label == other.Label && First == other.First && Last == other.Last;

    public override int GetHashCode() => HashCode.Combine(Type, Label);

    public static Tenor OfMonth(YearMonth month) => new(TenorType.Monthly, MonthText(month), month, month);

    public bool Contains(YearMonth month) => month.CompareTo(First) >= 0 && month.CompareTo(Last) <= 0;

    /// <summary>Reads a vendor's name of a period: <c>2025-09</c>, <c>Sep-25</c>, <c>Calendar 2026</c>, <c>Cal-26</c>, <c>Summer 2026</c>,
    /// <c>Winter 2026</c>, <c>Winter 2025-2026</c>, <c>Q3 2026</c>, <c>Bal 2025</c>, <c>BalMo</c>, and the seasons of the rules.</summary>
    /// <returns>False for any other text; nothing is guessed.</returns>
    public static bool TryParse(string text, TenorRules rules, [NotNullWhen(true)] out Tenor? tenor)
    {
        var label = Blanks().Replace(text.Trim(), " ");
        var match = Form().Match(label);
        tenor = match.Success ? Read(match, label, rules) : null;
        return tenor is not null;
    }

    private static Tenor? Read(Match match, string label, TenorRules rules)
    {
        if (match.Groups["iso"].Success)
        {
            return Number(match, "isomonth") is >= 1 and <= 12 and var month ? OfMonth(new YearMonth(Number(match, "iso"), month)) : null;
        }

        if (match.Groups["month"].Success)
        {
            var name = match.Groups["month"].Value;
            var month = Array.FindIndex(MonthNames, known => name.StartsWith(known, StringComparison.OrdinalIgnoreCase)) + 1;
            return OfMonth(new YearMonth(Year(match, "year"), month));
        }

        if (match.Groups["quarter"].Success)
        {
            var first = new YearMonth(Year(match, "year"), (3 * Number(match, "quarter")) - 2);
            return new Tenor(TenorType.Quarter, label, first, first.PlusMonths(2));
        }

        if (match.Groups["balmo"].Success)
        {
            return new Tenor(TenorType.Season, label, rules.AsOf, rules.AsOf);
        }

        return ReadNamed(match, label, rules);
    }

    private static Tenor? ReadNamed(Match match, string label, TenorRules rules)
    {
        var name = match.Groups["name"].Value;
        var year = Year(match, "year");
        var isSpan = match.Groups["to"].Success;
        return name.ToUpperInvariant() switch
        {
            "WINTER" when isSpan => Year(match, "to") == year + 1 ? Winter(label, year) : null,
            _ when isSpan => null,
            "CALENDAR" or "CAL" => new Tenor(TenorType.Calendar, label, new YearMonth(year, 1), new YearMonth(year, 12)),
            "SUMMER" => Season(label, year, FirstSummerMonth, LastSummerMonth),
            "WINTER" => Winter(label, rules.Winter == WinterYear.Last ? year - 1 : year),
            "BAL" or "BALANCE" => year == rules.AsOf.Year
                ? new Tenor(TenorType.Season, label, rules.AsOf, new YearMonth(year, 12))
                : null,
            _ => rules.Seasons.TryGetValue(name, out var months) ? Season(label, year, months.First, months.Last) : null,
        };
    }

    private static Tenor Winter(string label, int firstYear) =>
        new(TenorType.Season, label, new YearMonth(firstYear, FirstWinterMonth), new YearMonth(firstYear + 1, LastWinterMonth));

    private static Tenor Season(string label, int year, int first, int last) =>
        new(TenorType.Season, label, new YearMonth(year, first), new YearMonth(last < first ? year + 1 : year, last));

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>Two digits are a year of this century.</summary>
    private static int Year(Match match, string group) =>
        Number(match, group) is var year && match.Groups[group].Length == 2 ? 2000 + year : year;

    private static string MonthText(YearMonth month) => string.Create(CultureInfo.InvariantCulture, $"{month.Year:0000}-{month.Month:00}");

    private static readonly string[] MonthNames =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(
        @"^(?:(?<iso>(?:19|20)\d\d)-(?<isomonth>\d\d)"
        + @"|(?<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
        + @"|Nov(?:ember)?|Dec(?:ember)?)[ -]'?(?<year>\d\d|(?:19|20)\d\d)"
        + @"|Q(?<quarter>[1-4])[ -]?'?(?<year>\d\d|(?:19|20)\d\d)"
        + @"|(?<balmo>Bal ?Mo(?:nth)?)"
        + @"|(?<name>[A-Z]+)[ -]'?(?<year>\d\d|(?:19|20)\d\d)(?:[-/](?<to>\d\d|(?:19|20)\d\d))?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
