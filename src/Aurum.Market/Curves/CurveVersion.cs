using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Market.Curves;

/// <summary>Names a sheet of one day's workbook.</summary>
public static class CurveVersion
{
    /// <summary>SHA-256 of file name, sheet name and as-of date, each followed by a bar. 64 lower-case hexadecimal digits.</summary>
    public static string HashOf(string file, string sheet, LocalDate asOf) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{file}|{sheet}|{LocalDatePattern.Iso.Format(asOf)}|")));
}
