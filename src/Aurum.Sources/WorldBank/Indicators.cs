using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.WorldBank;

/// <summary>The World Bank's indicators of energy, output, prices and people for the countries whose grids are joined.</summary>
/// <remarks>
/// <para>Source: API v2, country/USA;CAN;MEX/indicator/ID, asked for on Mondays.</para>
/// <para>Shape: a request an indicator; a row a country and year for the last seven years, newest first.</para>
/// <para>Units: in the brackets of the indicator's name: current US$, % of total; null where a year has no value yet.</para>
/// <para>Time: calendar years (months and quarters in some databases), midnight to midnight UTC.</para>
/// <para>Revisions: in place, for years; the answer's lastupdated says when the database was last loaded.</para>
/// </remarks>
public static class Indicators
{
    private const int Id = 0;
    private const int Name = 1;
    private const int Country = 2;
    private const int CountryCode = 4;
    private const int Date = 5;
    private const int Value = 6;
    private const int Unit = 7;
    private const int Status = 8;

    private const int MostIdBytes = 256;

    /// <summary>Years before the day's that are looked at.</summary>
    public const int YearsBack = 6;

    /// <summary>The indicators that are asked for.</summary>
    public static readonly IReadOnlyList<string> Asked =
    [
        "EG.USE.ELEC.KH.PC", "EG.USE.PCAP.KG.OE", "EG.ELC.LOSS.ZS", "EG.ELC.RNEW.ZS", "EG.IMP.CONS.ZS",
        "NY.GDP.MKTP.CD", "FP.CPI.TOTL.ZG", "SP.POP.TOTL", "NE.EXP.GNFS.ZS",
    ];

    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("worldbank/indicators"),
        Title = "World Bank indicators of energy, output and prices: United States, Canada, Mexico",
        Facts = new FeedFacts(
            "World Bank API v2, country/USA;CAN;MEX/indicator/ID",
            "9 indicators × 3 countries × 7 years, asked for on Mondays",
            "in the brackets of the indicator's name; null where a year has no value yet",
            "calendar years, midnight to midnight UTC",
            "in place, for years"),
        Zone = MarketZones.Utc,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(12),
            CompleteAt: Duration.FromHours(36),
            RefreshEvery: null,
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null),
        Suite = "timeseries_observation",
        RowsLieInDay = false,
        MayBeEmpty = true,
        Table = SeriesTables.Observation,
        Locate = static (day, _) => Requests(Asked, day),
        NextPage = WorldBankRequests.Next,
        Recognizes = static head => head.FirstLine.StartsWith('[') && !head.Has("\"sourceNote\"")
            && ((head.Has("\"indicator\"") && head.Has("\"countryiso3code\"")) || head.Has("[{\"message\":[")),
        Parse = Parse,
    };

    /// <summary>The requests of a day for some indicators: on Mondays.</summary>
    internal static IReadOnlyList<FeedRequest> Requests(IReadOnlyList<string> indicators, OperatingDay day) =>
        day.Date.DayOfWeek == IsoDayOfWeek.Monday
            ? [.. indicators.Select(id => WorldBankRequests.First(
                $"/country/USA;CAN;MEX/indicator/{id}",
                $"&date={day.Date.Year - YearsBack}:{day.Date.Year}", $"worldbank_{id}_{day}"))]
            : [];

    private static ParseResult Parse(FeedFile file, IRowOutput<SeriesPoint> output)
    {
        var row = new JsonFields(
            file.Name, "[1]", "indicator.id", "indicator.value", "country.id", "country.value", "countryiso3code", "date", "value",
            "unit", "obs_status");
        var rows = new RowBuffer<SeriesPoint>(output);
        var series = new Utf8Table<SeriesKey>();
        var flags = NameTables.Symbols(file.Name);
        var result = WorldBankAnswer.Read(file, ReadRow, out _);
        rows.Flush();
        return result ?? ParseResult.DataWith(row.UnknownFieldNotes("decimal"));

        void ReadRow(ref JsonStream json)
        {
            row.Read(ref json);
            var period = Period(row);
            var value = row.NumberOrNaN(Value);
            var status = row[Status];
            rows.Add(new SeriesPoint(Series(row, series), period, value, Flags: status.IsEmpty ? null : flags.Of(status)));
        }
    }

    /// <summary>The unit stands in its field or, where that is empty, in the brackets that end the indicator's name.</summary>
    private static SeriesKey Series(JsonFields row, Utf8Table<SeriesKey> series)
    {
        var country = row.Required(CountryCode) is { IsEmpty: false } code ? code : row.Required(Country);
        var indicator = row.Required(Id);
        Span<byte> id = indicator.Length + country.Length < MostIdBytes
            ? stackalloc byte[indicator.Length + country.Length + 1]
            : throw row.Unexpected(Id, $"an indicator and a country of less than {MostIdBytes} bytes");
        indicator.CopyTo(id);
        id[indicator.Length] = (byte)'/';
        country.CopyTo(id[(indicator.Length + 1)..]);
        if (!series.TryGet(id, out var key))
        {
            var name = row.Text(Name);
            var unit = row[Unit].IsEmpty ? ListingText.InBrackets(name) : row.Text(Unit);
            key = new SeriesKey(Encoding.UTF8.GetString(id), unit, name);
            series.Add(id, key);
        }

        return key;
    }

    /// <summary><c>2025</c>, <c>2025Q1</c> or <c>2025M07</c>.</summary>
    private static DeliveryInterval Period(JsonFields row)
    {
        var text = row.Required(Date);
        if (text.Length >= 4 && Numbers.TryParseInteger(text[..4], out var year) && year is > 1900 and < 2200)
        {
            if (text.Length == 4)
            {
                return CalendarPeriods.Of(new LocalDate(year, 1, 1), SeriesFrequency.Annual);
            }

            if (Numbers.TryParseInteger(text[5..], out var part) && part > 0)
            {
                if (text[4] == 'Q' && part <= 4)
                {
                    return CalendarPeriods.Of(new LocalDate(year, (3 * part) - 2, 1), SeriesFrequency.Quarterly);
                }

                if (text[4] == 'M' && part <= 12)
                {
                    return CalendarPeriods.Of(new LocalDate(year, part, 1), SeriesFrequency.Monthly);
                }
            }
        }

        throw row.Unexpected(Date, "a period like 2025, 2025Q1 or 2025M07");
    }
}
