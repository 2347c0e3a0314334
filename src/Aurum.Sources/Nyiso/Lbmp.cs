using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Nyiso;

/// <summary>NYISO's locational based marginal prices: one form for day-ahead, real-time and hourly files, zones and
/// generators.</summary>
/// <remarks>
/// <para>Columns by name: Time Stamp, Name, PTID, LBMP, Marginal Cost Losses, Marginal Cost Congestion, all $/MWh, quoted or not,
/// with or without seconds. In older files the last name is cut off: <c>Marginal Cost Congestion ($/MWH</c>.</para>
/// <para>Sign: NYISO's congestion column is what congestion takes off the price: LBMP = energy + losses − column. It is turned
/// here, once: congestion = −column, energy = LBMP − losses + column, so that energy + congestion + loss = LMP as everywhere
/// else.</para>
/// <para>Time: the clock in New York without zone or flag. The hour that comes twice in autumn is told by the order of the file
/// alone, so rows are read in that order, each location with its own count.</para>
/// </remarks>
internal sealed record Lbmp(string Dataset, StampMeaning Stamp, IsoMarket Market, int Minutes)
{
    private const string PriceColumns = "USD/MWh, two decimals; congestion turned so that energy + congestion + loss = LMP";
    private const string Corrections = "price corrections within a few days, in place";

    private static readonly string[] Datasets = ["damlbmp", "realtime", "rtlbmp"];

    public Feed<LmpRow> ZoneFeed(string id, string title, string shape, string time, Schedule schedule) =>
        Feed(id, title, "zone", $"11 zones and 4 neighbours × {shape}", time, schedule, NyisoPlaces.InZoneFile);

    public Feed<LmpRow> GeneratorFeed(string id, string title, string shape, string time, Schedule schedule) =>
        Feed(id, title, "gen", $"about 570 buses × {shape}", time, schedule, NyisoPlaces.InGeneratorFile);

    private Feed<LmpRow> Feed(
        string id,
        string title,
        string kind,
        string shape,
        string time,
        Schedule schedule,
        Func<string, LocationType> typeOf) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = new FeedFacts($"NYISO MIS, {Dataset}_{kind}", shape, PriceColumns, time, Corrections),
        Zone = MarketZones.Eastern,
        Schedule = schedule,
        Contract = IsoContract.Of("NYISO", Market, IsoProduct.Lmp, MarketZones.Eastern, Minutes),
        Suite = "iso_lmp",
        IntervalMinutes = Minutes,
        Table = PowerTables.Lmp,
        Locate = (day, now) => NyisoFiles.Locate(Dataset, $"{Dataset}_{kind}", day, now),
        Recognizes = head => Recognizes(head, kind),
        Parse = (file, output) => NyisoFiles.Parse(file, output, (csv, _, rows) => ReadDay(csv, rows, typeOf)),
    };

    /// <summary>Whether a file is of this kind: by its name, or where that says nothing, by its form.</summary>
    private bool Recognizes(FileHead head, string kind)
    {
        var names = $"{head.Name}/{head.InnerName}";
        foreach (var dataset in Datasets)
        {
            if (Names(names, dataset, "zone") || Names(names, dataset, "gen"))
            {
                return dataset == Dataset && Names(names, dataset, kind);
            }
        }

        return head.HeaderHas("Time Stamp", "Name", "PTID", "LBMP", "Marginal Cost Losses")
            && DatasetByForm(head) == Dataset
            && (HasZones(head) ? "zone" : "gen") == kind;
    }

    private static bool Names(string names, string dataset, string kind) =>
        names.Contains($"{dataset}_{kind}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Day-ahead files are not quoted; of the quoted ones only the 5-minute files show seconds.</summary>
    private static string DatasetByForm(FileHead head)
    {
        if (!head.FirstLine.StartsWith('"'))
        {
            return "damlbmp";
        }

        var header = head.Text.IndexOf(head.FirstLine, StringComparison.Ordinal) + head.FirstLine.Length;
        var row = head.Text.AsSpan(header).TrimStart("\r\n");
        return row[..Math.Max(row.IndexOf(','), 0)].Count(':') == 2 ? "realtime" : "rtlbmp";
    }

    private static bool HasZones(FileHead head) =>
        head.Has(",CAPITL,") || head.Has(",\"CAPITL\",") || head.Has(",WEST,") || head.Has(",\"WEST\",");

    private IReadOnlyList<string> ReadDay(CsvReader csv, RowBuffer<LmpRow> rows, Func<string, LocationType> typeOf)
    {
        var times = NyisoFiles.Times(csv, csv.Header.Required("Time Stamp"));
        var name = csv.Header.Required("Name");
        var ptid = csv.Header.Required("PTID");
        var price = csv.Header.Required("LBMP ($/MWHr)", "LBMP ($/MWH)");
        var losses = csv.Header.Required("Marginal Cost Losses ($/MWHr)", "Marginal Cost Losses ($/MWH)");
        var congestion = csv.Header.Required(
            "Marginal Cost Congestion ($/MWHr)", "Marginal Cost Congestion ($/MWH)", "Marginal Cost Congestion ($/MWH");
        var places = new NameTable<Location>(csv.File, text => new Location(text, typeOf(text), publisherId: csv.Text(ptid)));
        var clock = new FileOrderClock<Location>(MarketZones.Eastern);
        var lookAhead = Stamp == StampMeaning.End ? new LookAheadRows(rows, Minutes) : null;
        while (csv.Read())
        {
            var place = places.Of(csv[name], csv.Line);
            var stamp = times.Read();
            var delivery = Stamp == StampMeaning.End
                ? clock.EndingAt(place, stamp, Minutes)
                : clock.StartingAt(place, stamp, Minutes);
            var lmp = csv.Number(price);
            var loss = csv.Number(losses);
            var relief = csv.Number(congestion);
            var row = new LmpRow(place, delivery, lmp, WithoutDust(lmp - loss + relief), 0 - relief, loss, double.NaN);
            if (lookAhead is null)
            {
                rows.Add(row);
            }
            else
            {
                lookAhead.Add(row);
            }
        }

        return lookAhead?.Finish(csv.File) ?? [];
    }

    /// <summary>Takes away what binary subtraction leaves behind the sixth decimal; NYISO prints two.</summary>
    private static double WithoutDust(double value) => Math.Round(value, 6);
}

/// <summary>Which end of its interval a stamp names.</summary>
internal enum StampMeaning
{
    Start,
    End,
}
