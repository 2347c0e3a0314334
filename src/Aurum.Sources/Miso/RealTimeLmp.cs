using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Text;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Miso;

/// <summary>MISO real-time prices, ex-post: one a node and 5 minutes.</summary>
/// <remarks>
/// <para>Source: public-api MarketPricing/GetRealTimeFiveMinExPost: Rolling for today, Previous for yesterday; Current, the newest
/// interval alone, has the same form.</para>
/// <para>Shape: about 2,500 nodes × 288 intervals, interval by interval, nodes in no order; a table whose columns are named in
/// <c>headers</c>, which stands before or behind <c>data</c>.</para>
/// <para>Units: USD/MWh as text, two decimals, negative allowed; the energy part is computed. Kinds of places by name.</para>
/// <para>Time: start of the interval without zone, Eastern Standard Time all year; public clients read it so.</para>
/// <para>Revisions: none within the two days that are shown; final prices come with the Data Exchange.</para>
/// </remarks>
public static class RealTimeLmp
{
    private const string Path = "/MarketPricing/GetRealTimeFiveMinExPost/";

    /// <summary>Nodes in an answer.</summary>
    private const int MostNodes = 50_000;

    private static readonly string[] Columns = ["INTERVAL", "CPNODE", "LMP", "MLC", "MCC"];

    public static readonly Feed<LmpRow> Feed = new()
    {
        Id = new FeedId("miso/real-time-lmp"),
        Title = "MISO real-time prices, 5 minutes, ex-post",
        Facts = new FeedFacts(
            "MISO public-api MarketPricing/GetRealTimeFiveMinExPost/Rolling and /Previous",
            "about 2,500 nodes × 288 intervals, nodes in no order; kinds of places by name",
            "USD/MWh, two decimals; energy is price less congestion less loss",
            "start of the interval, Eastern Standard Time all year",
            "none; today and yesterday are shown, final prices come with the Data Exchange"),
        Zone = MarketZones.EasternStandard,
        Schedule = PublicApi.TwoDays,
        Contract = IsoContract.Of("MISO", IsoMarket.RealTime, IsoProduct.Lmp, MarketZones.EasternStandard, 5),
        Suite = "iso_lmp",
        IntervalMinutes = 5,
        Table = PowerTables.Lmp,
        Locate = static (day, now) =>
            [PublicApi.Request(Path + (OperatingDay.Of(now, day.Zone) > day ? "Previous" : "Rolling"))],
        Recognizes = static head => PublicApi.IsJson(head) && head.Has("\"CPNODE\"") && head.Has("\"INTERVAL\""),
        Parse = Parse,
    };

    private static ParseResult Parse(FeedFile file, IRowOutput<LmpRow> output)
    {
        List<string>? headers = null;
        var refusal = PublicAnswer.Read(file, (ref JsonStream json) => headers = FindHeaders(ref json), toItsEnd: false);
        if (refusal is not null)
        {
            return refusal;
        }

        var known = headers ?? throw new FeedFormatException(file.Name, "", "a property headers", "none");
        var columns = ColumnsOf(file.Name, known);
        return PublicAnswer.Parse<LmpRow>(file, output, (ref JsonStream json, ShownRows<LmpRow> rows) =>
        {
            var table = new PriceTable(json.File, columns, rows);
            PublicAnswer.Find(ref json, "data"u8, table.Read);
            return known.Where(name => Array.IndexOf(Columns, name) < 0).Select(name => $"{file.Name}: unknown column {name}");
        });
    }

    /// <summary>The names of the columns; stops behind them, which is before the rows as the publisher writes them.</summary>
    private static List<string>? FindHeaders(ref JsonStream json)
    {
        while (PublicAnswer.Next(ref json))
        {
            if (!json.IsProperty("headers"u8))
            {
                json.Skip();
                continue;
            }

            var names = new List<string>();
            PublicAnswer.Open(ref json, JsonTokenType.StartArray);
            for (json.ReadRequired(); json.Token != JsonTokenType.EndArray; json.ReadRequired())
            {
                names.Add(json.Text());
            }

            return names;
        }

        return null;
    }

    /// <summary>For each column of the file, which of ours it is; -1 for one that nobody documented.</summary>
    private static int[] ColumnsOf(string file, List<string> headers)
    {
        foreach (var name in Columns.Where(name => headers.Count(h => h == name) != 1))
        {
            var nearest = NearestName.To(name, headers.Except(Columns));
            throw new FeedFormatException(
                file, "headers", $"one column {name}", $"{string.Join(',', headers)}{(nearest is null ? "" : $" (nearest: {nearest})")}");
        }

        return [.. headers.Select(name => Array.IndexOf(Columns, name))];
    }

    /// <summary>Reads rows of text, whose columns may stand in any order.</summary>
    private sealed class PriceTable(string file, int[] columns, ShownRows<LmpRow> rows)
    {
        private readonly NameTable<Location> _places =
            new(file, static name => new Location(name, MisoPlaces.OfName(name)), MostNodes);

        private readonly double[] _prices = new double[Columns.Length];
        private int _row;

        public void Read(ref JsonStream json)
        {
            PublicAnswer.Open(ref json, JsonTokenType.StartArray);
            for (json.ReadRequired(); json.Token != JsonTokenType.EndArray; json.ReadRequired())
            {
                json.Require(JsonTokenType.StartArray);
                ReadRow(ref json);
                _row++;
            }
        }

        private void ReadRow(ref JsonStream json)
        {
            var start = 0L;
            Location? place = null;
            var column = 0;
            for (json.ReadRequired(); json.Token != JsonTokenType.EndArray; json.ReadRequired(), column++)
            {
                switch (column < columns.Length ? columns[column] : columns.Length)
                {
                    case -1:
                        json.Skip();
                        break;
                    case 0 when !Stamps.TryParseLocal(json.Utf8(), out start):
                        throw Unexpected(ref json, "a time like 2026-10-02T16:50:00 in INTERVAL");
                    case 0:
                        break;
                    case 1:
                        place = _places.Of(json.Utf8());
                        break;
                    case var known when known < Columns.Length:
                        _prices[known] = ReadPrice(ref json, known);
                        break;
                    default:
                        throw Unexpected(ref json, $"{columns.Length} values, one a header");
                }
            }

            if (column != columns.Length)
            {
                throw new FeedFormatException(file, $"data[{_row}]", $"{columns.Length} values, one a header", $"{column}");
            }

            var (lmp, loss, congestion) = (_prices[2], _prices[3], _prices[4]);
            var delivery = EasternStandard.Starting(start, 5);
            rows.Add(delivery, new LmpRow(
                place!, delivery, lmp, NodeDays.EnergyOf(lmp, congestion, loss), congestion, loss, double.NaN));
        }

        private double ReadPrice(ref JsonStream json, int column)
        {
            var text = json.Utf8();
            return Numbers.TryParseDecimal(text, out var price) ? price
                : text.IsEmpty ? double.NaN
                : throw Unexpected(ref json, $"a decimal in {Columns[column]}");
        }

        private FeedFormatException Unexpected(ref JsonStream json, string expected) =>
            new(file, $"data[{_row}]", expected, $"'{json.Text()}'");
    }
}
