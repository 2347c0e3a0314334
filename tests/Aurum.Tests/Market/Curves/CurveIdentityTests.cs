using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Tests.Market.Curves;

/// <summary>Keys and versions are the same as those of the platform that came before.</summary>
public sealed class CurveIdentityTests
{
    [Theory]
    [InlineData(
        "PJM", "US", "AECO", "DA", "power", "ON_PEAK", "AECO HUB",
        "b897bf63b9732a4d967210f49b638e8d507cce8672bce9c97cf965a9f71ad8e5")]
    [InlineData("PJM", "US", "AECO", "DA", "power", null, null, "646b7e09ff653784525addfd37645bb6de4d98998f8c2c0242956a6a73df3bdb")]
    [InlineData(
        "TTF", "EU", "gas", "TTF", "fixed prices", "BASE", "TTF",
        "199ad9eea820f178321d982f9b137d24491a9d27ae25e66f082fdbec4cfd6bda")]
    [InlineData(
        "TTF", "EU", "power", "TTF", "spark spread", "BASE", "TTF",
        "6e7685eb48fa1065809d0cb760a106e1b9089f47d004d0413aca4a40222d9bc2")]
    [InlineData(
        " pjm", "us ", "Aeco", "da", "POWER", "on_peak", " aeco \t hub",
        "b897bf63b9732a4d967210f49b638e8d507cce8672bce9c97cf965a9f71ad8e5")]
    public void A_key_hashes_the_eight_parts_whatever_their_case_and_blanks(
        string iso, string region, string location, string market, string product, string? block, string? spark, string key) =>
        Assert.Equal(key, new CurveIdentity(AssetClass.Power, iso, region, location, market, product, block, spark).Key);

    [Fact]
    public void A_copy_with_another_part_has_another_key()
    {
        var belgium = new CurveIdentity(AssetClass.Gas, null, "EU", "Belgium", "EU", "gas", null, null);
        Assert.NotEmpty(belgium.Key);
        var german = belgium with { Location = "German" };
        Assert.Equal(new CurveIdentity(AssetClass.Gas, null, "EU", "German", "EU", "gas", null, null).Key, german.Key);
        Assert.NotEqual(belgium, german);
    }

    [Theory]
    [InlineData("pw_golden.xlsx", "Fixed Prices - Mid", "3e44be31476aec5680ba0d39838ecb49b63875828a0d1bf3b37ba0b97ada1e95")]
    [InlineData("pw_golden.xlsx", "Strips - Mid", "030617a6c5740bbeaf73139f97153d7560d2f7b5c59b1ca6a32691096265bef8")]
    [InlineData("eugp_golden.xlsx", "Fixed Prices - Mid", "6b54b44b76295df43c7fddba6d913e93e869768ad0a738cb77fbd119c7aad419")]
    [InlineData("eugp_golden.xlsx", "Spark Spread", "5c6fb97b701514cead5878ff54b8263843e478b041696608169cd55160fb8ef9")]
    public void A_version_hashes_file_sheet_and_day(string file, string sheet, string hash) =>
        Assert.Equal(hash, CurveVersion.HashOf(file, sheet, new LocalDate(2025, 1, 1)));
}
