using System.Globalization;
using System.Text.RegularExpressions;
using Aurum.Curves.Workbooks.Cells;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Curves.Workbooks;

/// <summary>Finds the date that a workbook's prices are for: a date cell, or text with a date, in the first rows of its sheets.</summary>
internal static partial class AsOfDate
{
    private const int LabelColumns = 3;

    private static readonly string[] Forms =
        ["yyyy-MM-dd", "M/d/yyyy", "M/d/yy", "d MMM yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy"];

    /// <summary>The one date that the sheets give.</summary>
    /// <exception cref="FeedFormatException">None does, or two differ.</exception>
    public static LocalDate Of(string file, IReadOnlyList<Sheet> sheets)
    {
        (LocalDate Date, string Place)? found = null;
        foreach (var sheet in sheets)
        {
            if (In(sheet) is not { } date)
            {
                continue;
            }

            if (found is { } first && first.Date != date.Date)
            {
                throw new FeedFormatException(
                    file, date.Place, $"the as-of date of {first.Place}, {LocalDatePattern.Iso.Format(first.Date)}",
                    LocalDatePattern.Iso.Format(date.Date));
            }

            found ??= date;
        }

        return found?.Date ?? throw new FeedFormatException(
            file, "", $"an as-of date in the first {WorkbookLayout.HeaderRows} rows: a date cell, or text like 'As of 2025-09-17'",
            "none (--as-of gives one)");
    }

    /// <summary>The day in a workbook's name, as vendors write it there: <c>20250917</c>. Null where there is none.</summary>
    public static LocalDate? OfName(string file) =>
        NameDay().Match(file) is { Success: true } match
        && LocalDatePattern.CreateWithInvariantCulture("yyyyMMdd").Parse(match.Value) is { Success: true } day
            ? day.Value
            : null;

    /// <summary>The date that all sheets give; null where they give none, or several.</summary>
    public static LocalDate? Stated(string file, IReadOnlyList<Sheet> sheets)
    {
        try
        {
            return Of(file, sheets);
        }
        catch (FeedFormatException)
        {
            return null;
        }
    }

    private static (LocalDate Date, string Place)? In(Sheet sheet)
    {
        (LocalDate, string)? plain = null;
        for (var row = 1; row <= WorkbookLayout.HeaderRows; row++)
        {
            var isLabelled = false;
            foreach (var cell in sheet.Row(row))
            {
                var text = sheet.Text(row, cell.Column);
                isLabelled |= cell.Kind == CellKind.Text && Label().IsMatch(text);
                if (cell.Column > LabelColumns && !isLabelled)
                {
                    break;
                }

                if ((sheet.DateOf(cell) ?? InText(text)) is { } date && (isLabelled || cell.Kind == CellKind.Text))
                {
                    var place = $"{sheet.Name}!{new CellAddress(row, cell.Column)}";
                    if (isLabelled)
                    {
                        return (date, place);
                    }

                    plain ??= (date, place);
                }
            }
        }

        return plain;
    }

    private static LocalDate? InText(string text)
    {
        if (Date().Match(text) is { Success: true } match
            && DateOnly.TryParseExact(match.Value, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return LocalDate.FromDateOnly(date);
        }

        return null;
    }

    [GeneratedRegex(@"(?<![0-9])20[0-9]{6}(?![0-9])")]
    private static partial Regex NameDay();

    [GeneratedRegex(
        @"^(?:(?:as[ -]?of|curve|valuation|settlement)(?: date)?|date)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(
        @"\b(?:\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4})\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Date();
}
