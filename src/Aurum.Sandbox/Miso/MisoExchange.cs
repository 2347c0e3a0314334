using System.Globalization;
using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Miso;

/// <summary>Pages of the Data Exchange: at most <see cref="PageRows"/> rows each, numbers as numbers.</summary>
internal sealed class MisoExchange(MisoBooks books)
{
    public const int PageRows = 2000;

    private static readonly RowForm Rows = new("{", "}", ",", ",\"remark\":0");

    /// <summary>Body of a page; null where the day has nothing (yet).</summary>
    /// <param name="market">day-ahead or real-time.</param>
    /// <param name="what">lmp-expost or asm-expost.</param>
    /// <param name="day">Operating day.</param>
    /// <param name="query">With pageNumber, and for real-time prices preliminaryFinal.</param>
    /// <param name="moment">Now.</param>
    public byte[]? Write(string market, string what, OperatingDay day, Query query, Moment moment)
    {
        var page = int.TryParse(query["pageNumber"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        var state = query["preliminaryFinal"] ?? "";
        return (market, what) switch
        {
            ("day-ahead", "lmp-expost") => Prices(books.ExchangeDayAhead, "", day, page, moment),
            ("real-time", "lmp-expost") when (state == "Final") == (moment.Now >= MisoBooks.FinalAt(day)) || state == "Preliminary" =>
                Prices(books.ExchangeRealTime, state, day, page, moment),
            ("day-ahead", "asm-expost") => Reserves(day, page, moment),
            _ => null,
        };
    }

    private static byte[]? Prices(PriceBook book, string state, OperatingDay day, int page, Moment moment)
    {
        var places = book.Corrected(day, moment.Now);
        var starts = book.Starts(day, moment.Now).ToArray();
        var name = MisoAnswers.Named(moment, "mec");
        return Page(starts.Length * (long)places.Count, page, moment, (writer, row) =>
        {
            var start = starts[row / places.Count];
            var (place, correction) = places[(int)(row % places.Count)];
            var price = book.Price(book.States(start), place, correction);
            writer.Begin(start, place);
            Interval(writer, start, book.Seconds, day);
            writer.Text(state.Length > 0 ? $",\"preliminaryFinal\":\"{state}\"" : "");
            writer.Text($",\"node\":\"{place.Id}\",\"lmp\":");
            writer.Value();
            writer.Fixed(price.Lmp, 2, cutZeros: true);
            writer.Text(",\"mcc\":"u8);
            writer.Fixed(price.Congestion, 2, cutZeros: true);
            writer.Text($",\"{name}\":");
            writer.Fixed(price.Energy, 2, cutZeros: true);
            writer.Text(",\"mlc\":"u8);
            writer.Fixed(price.Loss, 2, cutZeros: true);
            writer.End();
        });
    }

    private byte[]? Reserves(OperatingDay day, int page, Moment moment)
    {
        const int Zones = 8;
        var starts = books.ExchangeDayAhead.Starts(day, moment.Now).ToArray();
        var products = MisoBooks.Products;
        var name = MisoAnswers.Named(moment, "mcp");
        return Page((long)starts.Length * Zones * products.Count, page, moment, (writer, row) =>
        {
            var start = starts[row / (Zones * products.Count)];
            var product = products[(int)(row / Zones % products.Count)];
            var zone = 1 + (int)(row % Zones);
            writer.Begin(start);
            Interval(writer, start, 3600, day);
            writer.Text($",\"product\":\"{product}\",\"zone\":\"Zone {zone}\",\"{name}\":");
            writer.Value();
            writer.Fixed(books.Reserve(product, zone, start), 2, cutZeros: true);
            writer.End();
        });
    }

    private static void Interval(RowWriter writer, long start, int seconds, OperatingDay day)
    {
        var from = LocalLabel.Of(start, MarketZones.EasternStandard);
        var label = seconds == 3600 ? $"{from.Hour + 1}" : $"{from.Hour:00}:{from.Minute:00}";
        writer.Text($"\"interval\":\"{label}\",\"timeInterval\":{{\"resolution\":\"{(seconds == 3600 ? "hourly" : "5min")}\",");
        writer.Text($"\"start\":\"{Stamp(start)}\",\"end\":\"{Stamp(start + seconds)}\",\"value\":\"{day.Date:uuuu-MM-dd}\"}}");
    }

    private static string Stamp(long at)
    {
        var label = LocalLabel.Of(at, MarketZones.EasternStandard);
        return $"{label.Year:0000}-{label.Month:00}-{label.Day:00} {label.Hour:00}:{label.Minute:00}:00.000";
    }

    private static byte[]? Page(long total, int page, Moment moment, Action<RowWriter, long> write)
    {
        var pages = (total + PageRows - 1) / PageRows;
        if (total == 0 || page < 1 || page > pages)
        {
            return null;
        }

        using var body = new MemoryStream();
        var writer = new RowWriter(body, Rows, moment.Tampering);
        writer.Text("{\"data\":["u8);
        for (var row = (page - 1L) * PageRows; row < Math.Min(total, (long)page * PageRows); row++)
        {
            write(writer, row);
        }

        writer.Text($"],\"page\":{{\"pageNumber\":{page},\"pageSize\":{PageRows},\"totalElements\":{total},\"totalPages\":{pages},");
        writer.Text(page == pages ? "\"lastPage\":true}}"u8 : "\"lastPage\":false}}"u8);
        writer.Flush();
        return body.ToArray();
    }
}
