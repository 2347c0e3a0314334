using Aurum.Cluster.Iceberg;
using Aurum.Cluster.LakeFs;
using Aurum.Cluster.Lineage;
using Aurum.Cluster.S3;
using Aurum.Cluster.Vault;

namespace Aurum.Tests.Engines;

public sealed class SettingRulesTests
{
    private const string WithPassword = "https://me:hunter2@host:9000";
    private const string Misspelt = "htps://me:hunter2@host:9000";

    [Fact]
    public void Addresses_that_are_shown_may_not_have_a_password_in_them_and_one_that_has_is_not_repeated()
    {
        (string Setting, Action Check)[] checks =
        [
            ("S3:Endpoint", new S3Options { Endpoint = WithPassword, AccessKey = "a", SecretKey = "b" }.Check),
            ("LakeFs:Endpoint", new LakeFsOptions { Endpoint = WithPassword, AccessKey = "a", SecretKey = "b", Repository = "r" }.Check),
            ("Iceberg:Uri", new IcebergOptions { Uri = WithPassword }.Check),
            ("Iceberg:TokenUri", new IcebergOptions { Uri = "https://host", TokenUri = WithPassword }.Check),
            ("Vault:Address", new VaultOptions { Address = new Uri(Misspelt), Token = "t" }.Check),
            ("Lineage:Url", new LineageOptions { Url = new Uri(Misspelt) }.Check),
        ];
        foreach (var (setting, check) in checks)
        {
            var error = Assert.Throws<ArgumentException>(check);
            Assert.StartsWith(
                $"{setting}: expected an address without a name and a password in it, such as http", error.Message,
                StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Numbers_out_of_their_range_are_named_with_range_and_unit()
    {
        var good = new S3Options { Endpoint = "http://minio:9000", AccessKey = "a", SecretKey = "b" };
        good.Check();
        var error = Assert.Throws<ArgumentException>((good with { TotalSeconds = 100_000 }).Check);
        Assert.Equal("S3:TotalSeconds: expected 1 to 86,400 seconds, found 100000", error.Message);
        Assert.Equal(
            "S3:SecretKey: expected a value, found none", Assert.Throws<ArgumentException>((good with { SecretKey = "" }).Check).Message);
    }
}
