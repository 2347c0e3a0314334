using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Time;

namespace Aurum.Ticks.Normalize;

/// <summary>The markets whose forms are known, written out, and the one form for all others.</summary>
/// <remarks>Source of the names: the publishers' files and services (OASIS reports PRC_LMP, PRC_RTPD_LMP and PRC_INTVL_LMP; MISO's web
/// services; ERCOT's NP reports; Data Miner 2; NYISO's MIS; SPP's portal; ISO-NE's web services; AESO's API). Ranges: the quality
/// limits of market connectors.</remarks>
public static class MarketDialects
{
    private const double MostVolume = 1_000_000;

    /// <summary>Of markets that are not in the list: UTC days, dollars.</summary>
    public static readonly MarketDialect Other = new("", MarketZones.Utc, "USD", (-1_000, 10_000), MostVolume);

    public static readonly IReadOnlyList<MarketDialect> All =
    [
        new MarketDialect("MISO", MarketZones.EasternStandard, "USD", (-50, 1_000), 8_000)
            .With(RawRole.Price, "lmp", "lmpvalue", "totallmp")
            .With(RawRole.Place, "settlementlocation", "pnodename", "cpnode", "location", "settlement_point")
            .With(RawRole.LocalTime, "interval", "starttime", "intervalstart", "mtu", "mtustart"),
        new MarketDialect("CAISO", MarketZones.Pacific, "USD", (-100, 2_000), 10_000)
            .With(RawRole.Price, "mw", "prc", "lmp_usd_per_mwh", "lmp_prc")
            .With(RawRole.Place, "pnode", "node_id", "node_id_xml")
            .With(RawRole.PriceKind, "lmp_type")
            .With(
                RawRole.UtcTime,
                "intervalstarttime_gmt", "interval_start_gmt", "starttime_gmt", "start_date_gmt"),
        new MarketDialect("ERCOT", MarketZones.Central, "USD", (-1_000, 10_000), MostVolume)
            .With(RawRole.Price, "lmp", "settlementpointprice", "settlement_point_price")
            .With(RawRole.Place, "settlementpoint", "settlement_point", "settlementpointname", "location")
            .With(RawRole.LocalTime, "delivery_timestamp", "settlementpointtime", "scedtimestamp", "sced_timestamp")
            .With(RawRole.RepeatedHour, "dstflag", "repeatedhourflag"),
        new MarketDialect("PJM", MarketZones.Eastern, "USD", (-200, 10_000), MostVolume)
            .With(RawRole.Price, "total_lmp_rt", "total_lmp_da", "lmp")
            .With(RawRole.Place, "pnode_name", "pnode", "location")
            .With(RawRole.UtcTime, "datetime_beginning_utc")
            .With(RawRole.LocalTime, "datetime_beginning_ept"),
        new MarketDialect("NYISO", MarketZones.Eastern, "USD", (-500, 10_000), MostVolume)
            .With(RawRole.Price, "lbmp ($/mwhr)", "lbmp")
            .With(RawRole.Place, "name", "location", "node_id")
            .With(RawRole.LocalTime, "time stamp", "time_stamp", "interval_start"),
        new MarketDialect("SPP", MarketZones.Central, "USD", (-1_000, 10_000), MostVolume)
            .With(RawRole.Price, "lmp")
            .With(RawRole.Place, "settlement location", "settlementlocation", "pnode")
            .With(RawRole.UtcTime, "gmtintervalend", "gmtinterval")
            .With(RawRole.LocalTime, "interval"),
        new MarketDialect("ISO-NE", MarketZones.Eastern, "USD", (-500, 10_000), MostVolume)
            .With(RawRole.Price, "lmp", "lmptotal")
            .With(RawRole.Place, "location", "locationname", "pnode", "node_id")
            .With(RawRole.LocalTime, "begin", "begindate", "interval"),
        new MarketDialect("AESO", MarketZones.Mountain, "CAD", (-1_000, 10_000), MostVolume)
            .With(RawRole.Price, "pool_price", "pool_price_cad_per_mwh", "system_marginal_price", "system_marginal_price_cad_per_mwh")
            .With(RawRole.Volume, "volume_mwh")
            .With(RawRole.UtcTime, "begin_datetime_utc")
            .With(RawRole.LocalTime, "begin_datetime_mpt"),
    ];

    private static readonly Utf8Table<MarketDialect> ByCode = Index();

    private static readonly MarketDialect[] ListedDialects = [.. All];

    /// <summary>The dialect of a market's code, in any case; <see cref="Other"/> where the list does not have it.</summary>
    public static MarketDialect Of(string code) => Of(Encoding.UTF8.GetBytes(code));

    /// <inheritdoc cref="Of(string)"/>
    public static MarketDialect Of(ReadOnlySpan<byte> code)
    {
        var known = Usual(code);
        if (known is not null)
        {
            return known;
        }

        Span<byte> upper = stackalloc byte[8];
        return code.Length <= upper.Length
            && Ascii.ToUpper(code, upper, out var length) == System.Buffers.OperationStatus.Done
            && ByCode.TryGet(upper[..length], out var dialect)
            ? dialect
            : Other;
    }

    /// <summary>Codes as they are mostly written, found by their first letter and length.</summary>
    private static MarketDialect? Usual(ReadOnlySpan<byte> code)
    {
        foreach (var dialect in ListedDialects)
        {
            if (dialect.CodeUtf8.Length == code.Length && dialect.CodeUtf8[0] == code[0] && code.SequenceEqual(dialect.CodeUtf8))
            {
                return dialect;
            }
        }

        return null;
    }

    private static Utf8Table<MarketDialect> Index()
    {
        var index = new Utf8Table<MarketDialect>();
        foreach (var dialect in All)
        {
            index.Add(dialect.CodeUtf8, dialect);
        }

        index.Add("ISONE"u8, Of("ISO-NE", All));
        return index;
    }

    private static MarketDialect Of(string code, IReadOnlyList<MarketDialect> all) => all.Single(d => d.Code == code);
}
