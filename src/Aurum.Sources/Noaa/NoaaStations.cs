namespace Aurum.Sources.Noaa;

/// <summary>The weather stations that are asked for: airports and parks where much power is used.</summary>
public static class NoaaStations
{
    /// <summary>Ids of GHCN daily, each with the place it stands for.</summary>
    public static readonly IReadOnlyList<(string Id, string Place)> Asked =
    [
        ("USW00094728", "New York Central Park"),
        ("USW00014739", "Boston Logan"),
        ("USW00013739", "Philadelphia"),
        ("USW00013743", "Washington Reagan"),
        ("USW00094846", "Chicago O'Hare"),
        ("USW00014922", "Minneapolis"),
        ("USW00003947", "Kansas City"),
        ("USW00013967", "Oklahoma City"),
        ("USW00012960", "Houston Intercontinental"),
        ("USW00003927", "Dallas Fort Worth"),
        ("USW00013874", "Atlanta"),
        ("USW00023183", "Phoenix"),
        ("USW00023174", "Los Angeles"),
        ("USW00023234", "San Francisco"),
    ];

    /// <summary>What makes load and feeds wind and water.</summary>
    public static readonly IReadOnlyList<string> Elements = ["TMAX", "TMIN", "TAVG", "PRCP", "SNOW", "AWND"];
}
