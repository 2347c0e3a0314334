using System.Globalization;

namespace Aurum.Quality.Checks.Curves;

/// <summary>The quotes of a batch, curve by curve, as expectations about whole curves need them.</summary>
internal sealed class QuoteSheet(Batch batch, QuoteColumns columns)
{
    private const int MonthsOfYear = 12;

    private readonly PairNumbers _numbers = new();
    private readonly List<CurveQuotes> _curves = [];
    private readonly Dictionary<int, int> _months = [];

    /// <summary>In the order of their first quotes.</summary>
    public IReadOnlyList<CurveQuotes> Curves => _curves;

    /// <summary>Takes the rows of the batch whose bits are set, those without a price too.</summary>
    public void Add(ReadOnlySpan<ulong> scope)
    {
        var (keys, units) = (batch.Text(columns.Key).Codes, batch.Text(columns.Units).Codes);
        for (var row = 0; row < batch.Count; row++)
        {
            if ((scope[row >> 6] >> (row & 63) & 1) != 0)
            {
                var number = _numbers.NumberOf(keys[row], units[row]);
                if (number == _curves.Count)
                {
                    _curves.Add(Begin(row));
                }

                _curves[number].Add(new QuotePoint(
                    Show(columns.TenorType, row), Show(columns.Label, row), MonthOf(row), batch.Number(columns.Mid).Values[row],
                    Show(columns.Sheet, row), Show(columns.Cell, row)));
            }
        }
    }

    /// <summary>Months since year 0 as text: <c>2026-03</c>.</summary>
    public static string MonthText(int month) => string.Create(
        CultureInfo.InvariantCulture, $"{month / MonthsOfYear:0000}-{(month % MonthsOfYear) + 1:00}");

    private CurveQuotes Begin(int row) => new(
        Show(columns.Key, row), Show(columns.Units, row), Show(columns.Region, row), Show(columns.Location, row),
        Show(columns.Product, row), Show(columns.Block, row), Show(columns.Spark, row));

    private string Show(int slot, int row) => batch.Text(slot).Pool.TextOf(batch.Text(slot).Codes[row]);

    private int MonthOf(int row)
    {
        var code = batch.Text(columns.Month).Codes[row];
        if (!_months.TryGetValue(code, out var month))
        {
            var text = batch.Text(columns.Month).Pool.TextOf(code);
            month = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? (date.Year * MonthsOfYear) + date.Month - 1
                : -1;
            _months.Add(code, month);
        }

        return month;
    }
}

/// <summary>The quotes of one curve in one unit.</summary>
internal sealed record CurveQuotes(
    string Key, string Units, string Region, string Location, string Product, string Block, string Spark)
{
    private readonly List<QuotePoint> _points = [];

    /// <summary>For people: <c>EU Dutch_TTF gas</c>.</summary>
    public string Name => string.Join(' ', new[] { Region, Location, Product, Block }.Where(static p => p.Length > 0));

    public IReadOnlyList<QuotePoint> Points => _points;

    /// <summary>Monthly quotes with a price, by month; the first where one comes twice.</summary>
    public SortedDictionary<int, QuotePoint> Months()
    {
        var months = new SortedDictionary<int, QuotePoint>();
        foreach (var point in _points.Where(static p => p.IsMonth && !double.IsNaN(p.Mid)))
        {
            months.TryAdd(point.Month, point);
        }

        return months;
    }

    public void Add(QuotePoint point) => _points.Add(point);
}

/// <summary>A quote as expectations see it.</summary>
/// <param name="TenorType">MONTHLY, CALENDAR, ...</param>
/// <param name="Label">Name of the delivery period.</param>
/// <param name="Month">First month of delivery, months since year 0; -1 where it is not known.</param>
/// <param name="Mid">NaN where there is none.</param>
/// <param name="Sheet">Sheet that it is from.</param>
/// <param name="Cell">Cell that it is from.</param>
internal readonly record struct QuotePoint(string TenorType, string Label, int Month, double Mid, string Sheet, string Cell)
{
    private const int QuarterMonths = 3;
    private const int SummerMonths = 7;
    private const int WinterMonths = 5;
    private const int CalendarMonths = 12;

    public bool IsMonth => TenorType == "MONTHLY" && Month >= 0;

    /// <summary>For people: <c>Strips - Mid!C15 Calendar 2026</c>.</summary>
    public string Place => $"{Sheet}!{Cell} {Label}";

    /// <summary>Months of a strip; 0 for a month, and for a period whose end its name does not say.</summary>
    public int StripMonths => Month < 0 ? 0 : TenorType switch
    {
        "CALENDAR" => CalendarMonths,
        "QUARTER" => QuarterMonths,
        "SEASON" when Label.StartsWith("Summer", StringComparison.OrdinalIgnoreCase) => SummerMonths,
        "SEASON" when Label.StartsWith("Winter", StringComparison.OrdinalIgnoreCase) => WinterMonths,
        _ => 0,
    };
}
