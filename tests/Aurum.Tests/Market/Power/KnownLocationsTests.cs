using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using Aurum.Tests.Sources;
using NodaTime;

namespace Aurum.Tests.Market.Power;

/// <summary>The seed of the registry has the hubs, zones and interfaces of every market, typed as the markets' own files type
/// them.</summary>
public sealed class KnownLocationsTests
{
    /// <summary>A day on which the west of SPP has begun.</summary>
    private static readonly LocalDate Date = new(2026, 6, 15);

    [Theory]
    [InlineData("CAISO", "HUB", "TH_NP15_GEN-APND", "TH_SP15_GEN-APND", "TH_ZP26_GEN-APND", "TH_NP15", "TH_SP15", "TH_ZP26")]
    [InlineData("CAISO", "AGGREGATE", "NP15_GEN-APND", "DLAP_PGAE-APND", "DLAP_SCE-APND", "DLAP_SDGE-APND", "DLAP_VEA-APND")]
    [InlineData("CAISO", "ZONE", "PGE-TAC", "SCE-TAC", "SDGE-TAC", "VEA-TAC", "MWD-TAC")]
    [InlineData("CAISO", "SYSTEM", "CA ISO-TAC", "CAISO_SYSTEM")]
    [InlineData(
        "NYISO", "ZONE", "CAPITL", "CENTRL", "DUNWOD", "GENESE", "HUD VL", "LONGIL", "MHK VL", "MILLWD", "N.Y.C.", "NORTH", "WEST")]
    [InlineData("NYISO", "INTERFACE", "H Q", "NPX", "O H", "PJM", "NYISO-H Q")]
    [InlineData("ERCOT", "HUB", "HB_BUSAVG", "HB_HOUSTON", "HB_HUBAVG", "HB_NORTH", "HB_PAN", "HB_SOUTH", "HB_WEST")]
    [InlineData(
        "ERCOT", "ZONE", "LZ_AEN", "LZ_CPS", "LZ_HOUSTON", "LZ_LCRA", "LZ_NORTH", "LZ_RAYBN", "LZ_SOUTH", "LZ_WEST", "DC_E", "DC_L",
        "DC_N", "DC_R", "WZ_COAST", "WZ_FAR_WEST", "NORTH", "HOUSTON")]
    [InlineData(
        "MISO", "HUB", "ARKANSAS.HUB", "ILLINOIS.HUB", "INDIANA.HUB", "LOUISIANA.HUB", "MICHIGAN.HUB", "MINN.HUB", "MS.HUB", "TEXAS.HUB")]
    [InlineData("MISO", "ZONE", "AECI.ALTW", "AECI.AMMO", "NIPS.AM", "AMMO")]
    [InlineData("MISO", "INTERFACE", "AECI", "MHEB", "PJMC", "SWPP")]
    [InlineData("MISO", "SYSTEM", "MISO")]
    [InlineData("PJM", "ZONE", "AECO", "AEP", "COMED", "DOM", "PECO", "PSEG", "RECO", "51290", "51192", "50271")]
    [InlineData("PJM", "HUB", "AEP-DAYTON HUB", "DOMINION HUB", "EASTERN HUB", "N ILLINOIS HUB", "WESTERN HUB")]
    [InlineData("PJM", "INTERFACE", "HUDSONTP", "IMO", "LINDENVFT", "MISO", "NEPTUNE", "NYIS")]
    [InlineData("PJM", "SYSTEM", "PJM-RTO", "RTO")]
    [InlineData("SPP", "HUB", "SPPNORTH_HUB", "SPPSOUTH_HUB")]
    [InlineData("SPP", "ZONE", "CSWS", "OKGE", "SPS", "WR", "SPP_NORTH", "SPP_SOUTH")]
    [InlineData("SPP", "SYSTEM", "SPP", "SWPW", "SPP_SYSTEM")]
    [InlineData(
        "ISONE", "ZONE", ".Z.MAINE", ".Z.NEWHAMPSHIRE", ".Z.VERMONT", ".Z.CONNECTICUT", ".Z.RHODEISLAND", ".Z.SEMASS", ".Z.WCMASS",
        ".Z.NEMASSBOST", "SEMA", "NEMA")]
    [InlineData("ISONE", "HUB", ".H.INTERNAL_HUB", "4000")]
    [InlineData("ISONE", "INTERFACE", ".I.SALBRYNB345 1", ".I.ROSETON 345 1", ".I.HQ_P1_P2345 5")]
    [InlineData("IESO", "ZONE", "TORONTO", "NORTHWEST", "TORONTO:HUB", "NORTHWEST:HUB")]
    [InlineData("IESO", "SYSTEM", "ONTARIO")]
    [InlineData("AESO", "SYSTEM", "AESO_SYSTEM")]
    public void The_places_of_every_market_are_there_with_their_types(string iso, string type, params string[] ids) => Assert.All(
        ids, id => Assert.Equal(type, Assert.IsType<KnownLocation>(KnownLocations.Find(iso, id)).Type.ToText()));

    [Fact]
    public void Every_market_with_feeds_has_known_places() => Assert.Empty(
        FeedCatalog.All.Where(f => f.Contract?.IsoProduct == IsoProduct.Lmp).Select(f => f.Contract!.IsoCode)
            .Except(KnownLocations.All.Select(p => p.Iso)));

    [Fact]
    public void Clocks_are_those_that_the_time_zone_data_knows_and_dates_are_in_order()
    {
        Assert.All(KnownLocations.All.Where(p => p.Timezone is not null), p => Assert.NotNull(DateTimeZoneProviders.Tzdb[p.Timezone!]));
        Assert.All(KnownLocations.All, p => Assert.False(p.EffectiveTo < p.EffectiveFrom));
        Assert.Equal("America/Chicago", KnownLocations.Find("PJM", "COMED")!.Timezone);
        Assert.Equal(new LocalDate(2026, 4, 1), KnownLocations.Find("SPP", "SWPW")!.EffectiveFrom);
    }

    [Theory]
    [InlineData("SPP,SPP,SYSTEM,SPP", "known-locations.csv:1: expected 9 cells, found 4")]
    [InlineData("SPP,SPP,HUBS,SPP,,,,,", "known-locations.csv:1: expected a type like HUB, found 'HUBS'")]
    [InlineData("SPP,SPP,SYSTEM,SPP,,,,April,", "known-locations.csv:1: expected a date like 2026-04-01, found 'April'")]
    public void A_line_that_is_none_is_named(string line, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => KnownLocations.Read(new StringReader(line))).Message);

    [Fact]
    public void Feeds_type_known_places_as_the_seed_does_and_price_no_hub_or_zone_that_it_lacks()
    {
        var network = new SandboxNetwork(new World(7));
        var places = FeedCatalog.All.Where(f => f.Contract is not null && network.Truth.Feeds.Contains(f.Id))
            .ToLookup(f => f.TableName == "iso_lmp", feed => feed.Accept(new PlacesOfTruth(network)));
        Hold(places.SelectMany(feeds => feeds).SelectMany(seen => seen));
        var unknown = places[true].SelectMany(seen => seen).Distinct()
            .Where(p => p.Type is "HUB" or "ZONE" or "INTERFACE" or "SYSTEM" && KnownLocations.Find(p.Iso, p.Id) is null)
            .Select(p => $"{p.Iso} {p.Type} {p.Id}").ToList();
        Assert.True(unknown.Count == 0, string.Join("; ", unknown));
    }

    [Theory]
    [InlineData("isone", "WW_DALMP_ISO_20260604.csv", 36)]
    [InlineData("ercot", "cdr.00012301.0000000000000000.20240329.010211.SPPHLZNP6905_20240329_0100.csv", 15)]
    [InlineData("miso", "20261001_da_expost_lmp_reduced.csv", 4)]
    [InlineData("miso", "GetRealTimeFiveMinExPost_Current_20261002_1650_reduced.json", 2)]
    [InlineData("spp", "DA-LMP-SL-202604120100_reduced.csv", 1)]
    [InlineData("ieso", "PUB_DemandZonal.csv", 10)]
    [InlineData("nyiso", "20260923damlbmp_zone.csv", 15)]
    public void Recorded_files_have_the_types_of_the_seed(string publisher, string file, int known)
    {
        var path = Samples.PathOf(publisher, file);
        var feed = FeedCatalog.Find(new FeedId(ParsedFile.Read(path).Feed));
        var seen = feed.Accept(new PlacesOfFile(FeedFile.FromPath(path))).ToHashSet();
        Hold(seen);
        Assert.True(seen.Count(p => KnownLocations.Find(p.Iso, p.Id) is not null) >= known, string.Join(" ", seen));
    }

    private static void Hold(IEnumerable<(string Iso, string Id, string Type)> seen) => Assert.All(seen, place =>
    {
        // ERCOT has a second price under the name of a load zone, weighted by energy (LZEW): an aggregate beside the zone.
        if (KnownLocations.Find(place.Iso, place.Id) is { } known && !(place.Iso == "ERCOT" && place.Type == "AGGREGATE"))
        {
            Assert.Equal((place.Iso, place.Id, known.Type.ToText()), place);
        }
    });

    private static IEnumerable<(string Iso, string Id, string Type)> Of<TRow>(Feed<TRow> feed, IEnumerable<TRow> rows)
        where TRow : struct
    {
        var id = (TextColumn<TRow>)feed.Table["location_id"];
        var type = (TextColumn<TRow>)feed.Table["location_type"];
        return rows.Select(row => (feed.Contract!.IsoCode, Encoding.UTF8.GetString(id.Of(row)), Encoding.UTF8.GetString(type.Of(row))))
            .Distinct().ToList();
    }

    private sealed class PlacesOfTruth(SandboxNetwork network) : IFeedVisitor<IEnumerable<(string Iso, string Id, string Type)>>
    {
        public IEnumerable<(string Iso, string Id, string Type)> Visit<TRow>(Feed<TRow> feed)
            where TRow : struct
        {
            var day = feed.Day(Date);
            var now = feed.Schedule.KeptDays == 1 ? day.End - Duration.FromHours(1) : day.End + Duration.FromHours(6);
            return feed.TableName.StartsWith("iso_", StringComparison.Ordinal)
                ? Of(feed, network.Truth.Rows<TRow>(feed.Id, day, now).Take(20_000))
                : [];
        }
    }

    private sealed class PlacesOfFile(FeedFile file) : IFeedVisitor<IEnumerable<(string Iso, string Id, string Type)>>
    {
        public IEnumerable<(string Iso, string Id, string Type)> Visit<TRow>(Feed<TRow> feed)
            where TRow : struct => Of(feed, ParsedFile.RowsOf(feed, file).Rows);
    }
}
