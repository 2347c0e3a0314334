using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Spp;

/// <summary>SPP's locational marginal prices: one form for day-ahead and real-time files, by settlement location and by bus.</summary>
/// <remarks>
/// <para>Columns by name: Interval, GMTIntervalEnd, Settlement Location, Pnode, LMP, MLC (loss), MCC (congestion), MEC (energy), in
/// this order until March 2026; since then with BAA, third or last. Early June 2026: upper case with underscores, times without
/// seconds, zeros cut. Files of a day of real-time prices say GMT Interval, Settlement Location Name, PNODE Name.</para>
/// <para>Units: USD/MWh, four decimals; LMP = MLC + MCC + MEC exactly.</para>
/// </remarks>
/// <param name="Market">Day-ahead or real-time.</param>
/// <param name="Prefix">Beginning of the files' names: <c>DA-LMP</c>.</param>
/// <param name="Minutes">Length of an interval.</param>
/// <param name="IsBus">Whether prices are by bus; else by settlement location.</param>
internal sealed record PriceReport(IsoMarket Market, string Prefix, int Minutes, bool IsBus)
{
    private const string RealTimePrefix = "RTBM-LMP";

    public Feed<LmpRow> Feed(
        string id,
        string title,
        FeedFacts facts,
        Schedule schedule,
        Func<OperatingDay, Instant, IReadOnlyList<FeedRequest>> locate) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = facts,
        Zone = MarketZones.Central,
        Schedule = schedule,
        Contract = IsoContract.Of("SPP", Market, IsoProduct.Lmp, MarketZones.Central, Minutes),
        Suite = "iso_lmp",
        IntervalMinutes = Minutes,
        Table = PowerTables.Lmp,
        Locate = locate,
        Recognizes = Recognizes,
        Parse = (file, output) => SppFiles.Parse<LmpRow>(file, output, (csv, _, rows) => ReadPrices(csv, rows), isInterval: true),
    };

    /// <summary>Whether a file is of this kind: by its name, or where that says nothing, by its form.</summary>
    private bool Recognizes(FileHead head)
    {
        if (!head.HeaderHas("GMT", "PNODE", "LMP", "MLC", "MCC", "MEC"))
        {
            return false;
        }

        var names = $"{head.Name}/{head.InnerName}".ToUpperInvariant();
        var isRealTime = names.Contains(RealTimePrefix, StringComparison.Ordinal)
            || (!names.Contains("DA-LMP", StringComparison.Ordinal) && StartsInsideAnHour(head));
        var isBus = names.Contains("-B-", StringComparison.Ordinal) || names.Contains("-BUS-", StringComparison.Ordinal)
            || (!names.Contains("-SL-", StringComparison.Ordinal) && !head.HeaderHas("SETTLEMENT"));
        return isRealTime == (Prefix == RealTimePrefix) && isBus == IsBus;
    }

    /// <summary>Whether the first time of the file is not on the hour.</summary>
    private static bool StartsInsideAnHour(FileHead head)
    {
        var header = head.Text.IndexOf(head.FirstLine, StringComparison.Ordinal) + head.FirstLine.Length;
        var rows = head.Text.AsSpan(header).TrimStart("\r\n");
        var colon = rows.IndexOf(':');
        return colon >= 0 && rows.Length >= colon + 3 && rows.Slice(colon + 1, 2) is not "00";
    }

    private IReadOnlyList<string> ReadPrices(CsvReader csv, RowBuffer<LmpRow> rows)
    {
        var header = csv.Header;
        var times = new SppTimes(csv, Minutes);
        var pnode = header.Required("Pnode", "PNODE Name");
        var name = IsBus ? pnode : header.Required("Settlement Location", "Settlement Location Name");
        header.Ignore("BAA", "Settlement Location", "Settlement Location Name");
        var lmp = header.Required("LMP");
        var loss = header.Required("MLC");
        var congestion = header.Required("MCC");
        var energy = header.Required("MEC");
        var places = new NameTable<Location>(csv.File, text => IsBus
            ? new Location(text, LocationType.Node)
            : new Location(text, SppPlaces.OfSettlementLocation(text), publisherId: csv.Text(pnode)));
        while (csv.Read())
        {
            rows.Add(new LmpRow(
                places.Of(csv[name], csv.Line),
                times.Read(),
                csv.NumberOrNaN(lmp),
                csv.NumberOrNaN(energy),
                csv.NumberOrNaN(congestion),
                csv.NumberOrNaN(loss),
                double.NaN));
        }

        return [];
    }
}
