namespace Aurum.Sources.Noaa;

/// <summary>Units of the elements of GHCN daily. The publisher prints whole tenths of some of them.</summary>
/// <param name="Unit">Unit after the division.</param>
/// <param name="Divisor">10 for elements in tenths, else 1.</param>
internal readonly record struct GhcnElement(string Unit, int Divisor)
{
    /// <summary>The element of a code such as <c>TMAX</c>; its unit is empty where the code is none of GHCN daily, and the value
    /// stays as it is sent.</summary>
    public static GhcnElement Of(string code) => code switch
    {
        "PRCP" or "EVAP" or "MDPR" => new("mm", 10),
        "SNOW" or "SNWD" or "MDSF" => new("mm", 1),
        "WESD" or "WESF" => new("mm", 10),
        "TMAX" or "TMIN" or "TAVG" or "TOBS" or "MNPN" or "MXPN" => new("degC", 10),
        "AWND" or "WSF1" or "WSF2" or "WSF5" or "WSFG" or "WSFI" or "WSFM" => new("m/s", 10),
        "WDF1" or "WDF2" or "WDF5" or "WDFG" or "WDFI" or "WDFM" or "AWDR" => new("degree", 1),
        "TSUN" => new("min", 1),
        "PSUN" or "ACMH" or "ACSH" => new("percent", 1),
        _ => new("", 1),
    };
}
