using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Aeso;

/// <summary>The web report of historical pool prices: a title, lines with nothing but blanks or <c>""</c>, an unquoted header
/// (<c>Date (HE),Price ($),30Ravg ($),AIL Demand (MW)</c>), quoted rows such as <c>"11/06/2022 02*"</c> for the repeated hour.</summary>
internal static class PoolPriceCsv
{
    private const string DateColumn = "Date (HE)";
    private const int MaxHeadLines = 20;

    private static readonly CsvOptions Options = new() { HasHeader = false, AllowRagged = true };

    public static bool Recognizes(FileHead head) => head.Has(DateColumn + ",Price ($)");

    public static bool IsCsv(FeedFile file)
    {
        using var archive = new ArchiveReader(file);
        return archive.Next() is { } entry && entry.Kind == ContentKind.Text && entry.Head.IndexOf("Date (HE)"u8) >= 0;
    }

    /// <exception cref="FeedFormatException">Not the report, or a time that Alberta's clock does not show.</exception>
    public static ParseResult Parse(FeedFile file, IRowOutput<LmpRow> output)
    {
        using var archive = new ArchiveReader(file);
        var entry = archive.Next() ?? throw new FeedFormatException(file.Name, "", "a report", "an archive without a file");
        using var csv = new CsvReader(entry.Content, entry.Name, Options);
        var (date, price) = FindColumns(csv);
        var rows = new RowBuffer<LmpRow>(output);
        while (csv.Read())
        {
            if (csv.Count <= Math.Max(date, price))
            {
                throw new FeedFormatException(csv.File, $"{csv.Line}", "a date and a price", $"{csv.Count} fields");
            }

            var hour = HourOf(csv, date);
            if (!AesoText.IsNothing(csv[price]) && (file.Day is not { } day || day.Contains(hour)))
            {
                rows.Add(AesoRows.Price(hour, csv.Number(price)));
            }
        }

        rows.Flush();
        return rows.Total > 0 ? ParseResult.Data : ParseResult.ProvenEmpty($"{file.Name} has no price");
    }

    /// <summary>Moves to the header.</summary>
    private static (int Date, int Price) FindColumns(CsvReader csv)
    {
        while (csv.Line < MaxHeadLines && csv.Read())
        {
            var names = Enumerable.Range(0, csv.Count).Select(csv.Text).ToList();
            if (names.IndexOf(DateColumn) is var date and >= 0)
            {
                var price = names.IndexOf("Price ($)");
                return price >= 0
                    ? (date, price)
                    : throw new FeedFormatException(csv.File, $"{csv.Line}", "a column Price ($)", string.Join(',', names));
            }
        }

        throw new FeedFormatException(csv.File, "", $"a column {DateColumn}", "none");
    }

    private static DeliveryInterval HourOf(CsvReader csv, int column)
    {
        var text = csv[column];
        var blank = text.IndexOf((byte)' ');
        if (blank > 0 && Stamps.TryParseLocal(text[..blank], out var seconds)
            && HourEnding.TryParse(LocalSeconds.ToDate(seconds), text[(blank + 1)..], out var hour))
        {
            try
            {
                return hour.ToInterval(MarketZones.Mountain);
            }
            catch (TimeLabelException e)
            {
                throw new FeedFormatException(csv.File, $"{csv.Line}", "an hour that the clock in Alberta shows", e.Message, e);
            }
        }

        throw new FeedFormatException(
            csv.File, $"{csv.Line}", "an hour ending like 11/06/2022 02 in Date (HE)", $"'{Encoding.UTF8.GetString(text)}'");
    }
}
