using System.Buffers.Text;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ercot;

/// <summary>The tables in the zip of <see cref="AncillaryTwoDay"/>, told by their file names:
/// <c>2d_Cleared_DAM_AS_REGUP-18-OCT-24.csv</c>.</summary>
internal static class AncillaryTables
{
    private static readonly (string File, string Series, string Column)[] Totals =
    [
        ("2d_Cleared_DAM_AS_", "2d_cleared_dam_as", "Total Cleared AS - "),
        ("2d_Self_Arranged_AS_", "2d_self_arranged_as", "Total Self-Arranged AS - "),
    ];

    private static readonly string[] Offers = ["2d_Agg_AS_Offers_", "2d_Agg_DAM_AS_Offers_"];

    public static bool IsTable(string name) => IsOffers(name) || Totals.Any(t => name.StartsWith(t.File, StringComparison.Ordinal));

    public static void Read(ErcotCsvRows csv, string name, string file, RowBuffer<SeriesPoint> rows)
    {
        var date = csv.Header.Required("Delivery Date");
        var hours = new CountedHours(csv, date, csv.Header.Required("Hour Ending"));
        if (IsOffers(name))
        {
            ReadOffers(csv, hours, file, rows);
            return;
        }

        var (_, series, prefix) = Totals.First(t => name.StartsWith(t.File, StringComparison.Ordinal));
        var column = Column(csv.Header, prefix.TrimEnd(' ', '-'), n => n.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        var service = Service(csv.Header.Names[column][prefix.Length..]);
        var key = new SeriesKey($"{series}/{service}", "MW");
        while (csv.Read())
        {
            rows.Add(new SeriesPoint(key, hours.Read(), Number(csv, column)));
        }
    }

    private static bool IsOffers(string name) => Offers.Any(o => name.StartsWith(o, StringComparison.Ordinal));

    private static void ReadOffers(ErcotCsvRows csv, CountedHours hours, string file, RowBuffer<SeriesPoint> rows)
    {
        const string Suffix = " Offer Price";
        var mw = csv.Header.Required("MW Offered");
        var price = Column(csv.Header, "Offer Price", static n => n.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase));
        var service = Encoding.UTF8.GetBytes(Service(csv.Header.Names[price][..^Suffix.Length]));
        var series = new ErcotSeries(file, "2d_agg_as_offers");
        Span<byte> text = stackalloc byte[32];
        while (csv.Read())
        {
            Utf8Formatter.TryFormat(Number(csv, price), text, out var length);
            rows.Add(new SeriesPoint(
                series.Begin().Add(service).Add(text[..length]).Key("MW"), hours.Read(), Number(csv, mw)));
        }
    }

    /// <summary>The one column whose name fits.</summary>
    private static int Column(CsvHeader header, string expected, Func<string, bool> fits)
    {
        for (var i = 0; i < header.Names.Count; i++)
        {
            if (fits(header.Names[i]))
            {
                return header.Required(header.Names[i]);
            }
        }

        return header.Required(expected);
    }

    private static double Number(ErcotCsvRows csv, int column) =>
        Numbers.TryParseDecimal(csv[column], out var value) ? value : throw csv.Unexpected(column, "a decimal");

    /// <summary>One name for a service, which the tables' files and columns write differently.</summary>
    private static string Service(string name) => name.Trim().ToUpperInvariant() switch
    {
        "REGDOWN" => "REGDN",
        "NONSPIN" => "NSPIN",
        var other => other,
    };
}
