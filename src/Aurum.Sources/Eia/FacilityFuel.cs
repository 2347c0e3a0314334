using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Sources.Eia;

/// <summary>EIA-923 monthly generation of single power plants, by energy source and prime mover: net and gross.</summary>
/// <remarks>
/// <para>Source: EIA v2 route electricity/facility-fuel, frequency monthly.</para>
/// <para>Shape: about 30,000 rows a month, each with net and gross generation; sums stand beside their parts with fuel2002 or
/// primeMover ALL. One plant may have two rows with the same codes: WAT is conventional hydro and pumped storage, which only the
/// fuel's description tells apart, so the description is part of the series id.</para>
/// <para>Units: megawatthours; negative while a plant uses more than it makes.</para>
/// <para>Time: calendar months, midnight to midnight UTC.</para>
/// <para>Revisions: preliminary for up to two years.</para>
/// </remarks>
public static class FacilityFuel
{
    internal static readonly EiaSeriesShape Shape = new(
        "facility-fuel",
        ["plantCode", "fuel2002", "fuelTypeDescription", "primeMover"],
        ["generation", "gross-generation"],
        ["plantName"]);

    public static readonly Feed<SeriesPoint> Feed = EiaSeriesFeed.Of(
        "eia/facility-fuel",
        "EIA monthly generation by power plant, fuel and prime mover",
        new FeedFacts(
            "EIA v2, electricity/facility-fuel (Form EIA-923), monthly",
            "about 30,000 rows a month, each with net and gross generation, sums beside their parts",
            "megawatthours, two decimals, negative allowed",
            "calendar months from midnight to midnight UTC; asked for on the month's first day",
            "preliminary for up to two years"),
        EiaSeriesFeed.Days(first: 75, complete: 90, every: Duration.FromDays(5), correctionsFor: 365, check: 90),
        Shape,
        static head => head.Has("\"plantCode\"") && head.Has("\"fuel2002\""));
}
