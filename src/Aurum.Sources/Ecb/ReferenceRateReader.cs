using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ecb;

/// <summary>Reads the three files of reference rates: <c>Cube</c> in <c>Cube</c> in <c>Cube</c>, a day in the middle, a currency
/// inside.</summary>
internal sealed class ReferenceRateReader(string file, OperatingDay? asked, IRowOutput<SeriesPoint> output)
{
    private const int MostCurrencies = 1_000;

    private static readonly Symbol Cross = new("cross");
    private static readonly string[] Quotes = ["EUR", .. CrossRates.Bases];

    private readonly RowBuffer<SeriesPoint> _rows = new(output);
    private readonly Dictionary<(string Currency, string Quote), SeriesKey> _series = [];
    private readonly Utf8Table<string> _currencies = new(MostCurrencies);
    private readonly Dictionary<string, double> _perEuro = [];
    private LocalDate? _newest;
    private LocalDate? _day;

    /// <summary>Reads all days, or the one that was asked for.</summary>
    /// <returns>Data; not yet published where the file ends before the day; proven empty where it has later days and not this
    /// one.</returns>
    /// <exception cref="FeedFormatException">Not the ECB's form.</exception>
    public ParseResult Read(Utf8XmlReader xml)
    {
        while (xml.Read())
        {
            if (xml.Token == XmlToken.Start && xml.Name.SequenceEqual("Cube"u8))
            {
                ReadCube(xml);
            }
        }

        FinishDay();
        _rows.Flush();
        if (_newest is not { } newest)
        {
            throw new FeedFormatException(file, "", "a Cube with a time", "none");
        }

        return _rows.Total > 0 ? ParseResult.Data
            : newest < asked!.Value.Date ? ParseResult.NotYetPublished($"{file} ends with {newest:uuuu-MM-dd}")
            : ParseResult.ProvenEmpty($"{file} reaches to {newest:uuuu-MM-dd} and has no rates of {asked}");
    }

    private void ReadCube(Utf8XmlReader xml)
    {
        var time = xml.Attribute("time"u8);
        if (!time.IsEmpty)
        {
            FinishDay();
            if (!Stamps.TryParseDate(time, out var date))
            {
                throw xml.Unexpected("a date like 2017-03-08 in time", $"'{Encoding.UTF8.GetString(time)}'");
            }

            _day = date;
            _newest = _newest is { } newest && newest > date ? newest : date;
            return;
        }

        if (xml.Depth < 4)
        {
            return;
        }

        var currency = Currency(xml);
        var rate = xml.Attribute("rate"u8);
        if (!Numbers.TryParseDecimal(rate, out var perEuro) || perEuro <= 0)
        {
            throw xml.Unexpected("a positive decimal in rate", $"'{Encoding.UTF8.GetString(rate)}'");
        }

        if (_day is not { } day)
        {
            throw xml.Unexpected("a Cube with a time around the currencies", "none");
        }

        _perEuro[currency] = perEuro;
        if (IsAsked(day))
        {
            _rows.Add(new SeriesPoint(Series("EUR", currency), CalendarPeriods.Of(day, SeriesFrequency.Daily), perEuro));
        }
    }

    private bool IsAsked(LocalDate date) => asked is not { } day || day.Date == date;

    /// <summary>Adds the rates between the other currencies, which the ECB does not print.</summary>
    private void FinishDay()
    {
        if (_day is { } day && _perEuro.Count == 0)
        {
            throw new FeedFormatException(file, "", $"rates of {day:uuuu-MM-dd}", "none");
        }

        if (_day is { } done && IsAsked(done))
        {
            foreach (var currency in CrossRates.Bases)
            {
                foreach (var quote in Quotes)
                {
                    if (quote != currency && CrossRates.Of(_perEuro, currency, quote) is var rate && !double.IsNaN(rate))
                    {
                        _rows.Add(new SeriesPoint(
                            Series(currency, quote), CalendarPeriods.Of(done, SeriesFrequency.Daily), rate, Flags: Cross));
                    }
                }
            }
        }

        _perEuro.Clear();
        _day = null;
    }

    private string Currency(Utf8XmlReader xml)
    {
        var code = xml.Attribute("currency"u8);
        if (_currencies.TryGet(code, out var known))
        {
            return known;
        }

        var currency = Encoding.UTF8.GetString(code);
        if (currency.Length != 3)
        {
            throw xml.Unexpected("a code of three letters in currency", $"'{currency}'");
        }

        _currencies.Add(code, currency);
        return currency;
    }

    private SeriesKey Series(string currency, string quote) => _series.TryGetValue((currency, quote), out var series)
        ? series
        : _series[(currency, quote)] = new SeriesKey($"{currency}/{quote}", $"{quote} per {currency}");
}
