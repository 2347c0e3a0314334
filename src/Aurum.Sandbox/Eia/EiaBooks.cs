using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Eia;

/// <summary>A series of a route: its facets and what they are worth in an hour.</summary>
/// <param name="First">Code and name of the first facet (<c>respondent</c>, <c>fromba</c>).</param>
/// <param name="Second">Code and name of the second (<c>type</c>, <c>fueltype</c>, <c>toba</c>).</param>
/// <param name="Authority">Who reports it.</param>
/// <param name="Value">Megawatthours of the hour that starts at an instant, before corrections; null where none is reported.</param>
internal sealed record EiaSeries(
    (string Code, string Name) First, (string Code, string Name) Second, EiaAuthority Authority, Func<long, double?> Value)
{
    /// <summary>What is corrected together: an authority's demand, generation and fuels, so that they go on adding up.</summary>
    public ulong Key { get; init; } = Dice.Hash($"{First.Code}/{Second.Code}");
}

/// <summary>The rows of one hourly route.</summary>
/// <param name="Route">Last part of the route, for example <c>region-data</c>.</param>
/// <param name="Facets">Names of the two facets.</param>
/// <param name="Description">What EIA says of the route.</param>
/// <param name="Series">In the order of the facets' codes.</param>
/// <param name="Corrections">What is mended afterwards.</param>
internal sealed record EiaBook(
    string Route, (string First, string Second) Facets, string Description, IReadOnlyList<EiaSeries> Series, Corrections Corrections)
{
    /// <summary>Name of the key that holds the second facet's name.</summary>
    public string SecondName => Facets.Second == "fueltype" ? "type-name" : Facets.Second + "-name";

    public static bool IsPublished(EiaSeries series, long hourStart, Instant now) =>
        Instant.FromUnixTimeSeconds(hourStart + 3600) + series.Authority.Delay <= now;

    /// <summary>Whole megawatthours as printed; null where the publisher prints null.</summary>
    public long? Value(EiaSeries series, long hourStart, Instant now)
    {
        var day = OperatingDay.Of(Instant.FromUnixTimeSeconds(hourStart), DateTimeZone.Utc);
        return series.Value(hourStart) is { } value
            ? (long)Math.Round(value * (1 + Corrections.At(series.Key, day, now)), MidpointRounding.AwayFromZero)
            : null;
    }
}

/// <summary>The three hourly routes over one world: net generation is demand plus interchange, and the fuels add up to it.</summary>
internal sealed class EiaBooks
{
    private static readonly (string Code, string Name)[] Types =
        [("D", "Demand"), ("DF", "Day-ahead demand forecast"), ("NG", "Net generation"), ("TI", "Total interchange")];

    private static readonly (string Code, string Name)[] Fuels =
    [
        ("COL", "Coal"), ("NG", "Natural Gas"), ("NUC", "Nuclear"), ("OTH", "Other"), ("SUN", "Solar"), ("WAT", "Hydro"), ("WND", "Wind"),
    ];

    private const string Source = "  \n    Source: Form EIA-930\n    Product: Hourly Electric Grid Monitor";

    private readonly Dictionary<EiaAuthority, List<EiaLine>> _lines = [];

    public EiaBooks(World world)
    {
        var authorities = EiaAuthorities.Of(world);
        var dice = world.Dice.For("eia corrections");
        var mended = new Corrections(dice.For("region"), 0.05, 0.02);
        var lines = EiaAuthorities.Neighbours(authorities);
        foreach (var (one, other) in lines)
        {
            Join(one, other, 1);
            Join(other, one, -1);
        }

        RegionData = new EiaBook(
            "region-data", ("respondent", "type"),
            "Hourly demand, day-ahead demand forecast, net generation, and interchange by balancing authority." + Source,
            [
                .. authorities.SelectMany(a => Types.Select(t =>
                {
                    var series = new EiaSeries((a.Code, a.Name), t, a, at => RegionValue(a, t.Code, at));
                    return t.Code is "D" or "NG" ? series with { Key = Dice.Hash(a.Code) } : series;
                })),
            ],
            mended);
        FuelTypeData = new EiaBook(
            "fuel-type-data", ("respondent", "fueltype"),
            "Hourly net generation by balancing authority and energy source." + Source,
            [
                .. authorities.SelectMany(a => Fuels.Select(f =>
                    new EiaSeries((a.Code, a.Name), f, a, at => FuelValue(a, f.Code, at)) { Key = Dice.Hash(a.Code) })),
            ],
            mended);
        InterchangeData = new EiaBook(
            "interchange-data", ("fromba", "toba"),
            "Daily interchange between neighboring balancing authorities." + Source,
            [.. _lines.Values.SelectMany(l => l).OrderBy(l => l.From.Code, StringComparer.Ordinal)
                .ThenBy(l => l.To.Code, StringComparer.Ordinal)
                .Select(l => new EiaSeries((l.From.Code, l.From.Name), (l.To.Code, l.To.Name), l.From, at => l.FlowMw(at)))],
            new Corrections(dice.For("interchange"), 0.04, 0.05));
    }

    public EiaBook RegionData { get; }

    public EiaBook FuelTypeData { get; }

    public EiaBook InterchangeData { get; }

    public IReadOnlyList<EiaBook> All => [RegionData, FuelTypeData, InterchangeData];

    private void Join(EiaAuthority from, EiaAuthority to, int sign)
    {
        if (!_lines.TryGetValue(from, out var list))
        {
            _lines[from] = list = [];
        }

        list.Add(new EiaLine(from, to, sign));
    }

    private static double Demand(EiaAuthority authority, long at) => authority.Grid.At(at + 1800).LoadMw;

    private double Interchange(EiaAuthority authority, long at)
    {
        var sum = 0.0;
        foreach (var line in _lines.GetValueOrDefault(authority) ?? [])
        {
            sum += Math.Round(line.FlowMw(at));
        }

        return sum;
    }

    private double? RegionValue(EiaAuthority authority, string type, long at) => type switch
    {
        "D" => Demand(authority, at),
        "DF" => authority.Dice.Unit(2) < 0.1 ? null : Demand(authority, at) * (1 + (0.025 * authority.Dice.Smooth(at / 14_400.0))),
        "NG" => Math.Round(Demand(authority, at)) + Interchange(authority, at),
        _ => Interchange(authority, at),
    };

    private double FuelValue(EiaAuthority authority, string fuel, long at)
    {
        var state = authority.Grid.At(at + 1800);
        var total = Math.Round(state.LoadMw) + Interchange(authority, at);
        var baseMw = authority.Grid.Shape.BaseLoadMw;
        var nuclear = Math.Round(baseMw * 0.12 * (1 + (0.01 * authority.Dice.Smooth(at / 86_400.0))));
        var water = Math.Round(baseMw * 0.07 * (1 + (0.5 * authority.Dice.Smooth((at / 20_000.0) + 700))));
        var other = Math.Round(baseMw * 0.02);
        var rest = total - nuclear - water - other - Math.Round(state.SolarMw) - Math.Round(state.WindMw);
        var coal = Math.Round(Math.Max(0, rest) * 0.25);
        return fuel switch
        {
            "COL" => coal,
            "NUC" => nuclear,
            "OTH" => other,
            "SUN" => state.SolarMw,
            "WAT" => water,
            "WND" => state.WindMw,
            _ => rest - coal,
        };
    }
}

/// <summary>One direction of a line, as its own end reports it: positive out of <paramref name="From"/>.</summary>
internal sealed record EiaLine(EiaAuthority From, EiaAuthority To, int Sign)
{
    private readonly Dice _dice = From.Dice.For(Math.Min(From.Dice.Seed, To.Dice.Seed) ^ Math.Max(From.Dice.Seed, To.Dice.Seed));

    /// <summary>Both ends see the same flow but for a little metering difference.</summary>
    public double FlowMw(long at)
    {
        var shared = new Dice(From.Dice.Seed ^ To.Dice.Seed);
        var size = 0.09 * Math.Min(From.Grid.Shape.BaseLoadMw, To.Grid.Shape.BaseLoadMw);
        return (Sign * size * shared.Smooth(at / 18_000.0)) + (0.002 * size * _dice.Smooth(at / 3600.0));
    }
}
