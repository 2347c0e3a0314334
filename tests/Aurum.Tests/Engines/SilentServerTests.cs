using Aurum.Cluster.Iceberg;
using Aurum.Cluster.LakeFs;
using Aurum.Cluster.Lineage;
using Aurum.Cluster.S3;
using Aurum.Cluster.Vault;
using Aurum.Store.Objects;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Engines.Lineage;

namespace Aurum.Tests.Engines;

/// <summary>Servers that take a connection and answer nothing, or stop within an answer: a call ends with its limits and says who did
/// not answer. The engines that have a real server in the tests are frozen there.</summary>
public sealed class SilentServerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What a server says that stops within a body.</summary>
    private const string Begun = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"data\": {";

    private readonly SilentServer _server = new();
    private readonly SilentServer _stopping = new(Begun);

    public void Dispose()
    {
        _server.Dispose();
        _stopping.Dispose();
    }

    [Fact]
    public async Task A_bucket_is_given_up_after_the_time_of_its_tries()
    {
        var options = new S3Options
        {
            Endpoint = _server.Address.ToString(), AccessKey = "a", SecretKey = "b", RawBucket = "raw",
            RequestSeconds = 1, TotalSeconds = 600, Retries = 1,
        };
        using var connection = new S3Connection(options, TimeProvider.System, static () => 0);
        var error = await Assert.ThrowsAsync<ObjectStoreException>(
            () => connection.Archive()!.Put("x", new byte[10], default).WaitAsync(Patience));
        Assert.Equal(ObjectFailure.Unavailable, error.Kind);
        Assert.EndsWith("/x: no answer within 1 s", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, _server.Taken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_catalog_of_the_lake_is_given_up_in_time(bool isWithinBody)
    {
        var address = (isWithinBody ? _stopping : _server).Address;
        var options = new IcebergOptions { Uri = address.ToString(), RequestSeconds = 1, Retries = 1 };
        using var catalog = new RestCatalog(options, TimeProvider.System, static () => 0);
        var error = await Assert.ThrowsAsync<CatalogException>(() => catalog.Configuration(default).WaitAsync(Patience));
        Assert.Contains(address.Authority, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LakeFS_is_given_up_in_time(bool isWithinBody)
    {
        var address = (isWithinBody ? _stopping : _server).Address;
        var options = new LakeFsOptions
        {
            Endpoint = address.ToString(), Repository = "aurum", AccessKey = "a", SecretKey = "b", RequestSeconds = 1, Retries = 1,
        };
        using var client = new LakeFsClient(options, TimeProvider.System, static () => 0);
        var error = await Assert.ThrowsAsync<LakeFsException>(() => client.Branches(default).WaitAsync(Patience));
        Assert.Contains(address.Authority, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Vault_is_given_up_in_time(bool isWithinBody)
    {
        var address = (isWithinBody ? _stopping : _server).Address;
        var options = new VaultOptions
        {
            Address = address, Token = "t", ConnectSeconds = 1, RequestSeconds = 0.5, TotalSeconds = 2, Attempts = 2,
        };
        using var client = new VaultClient(options, TimeProvider.System, new Random(1));
        var error = await Assert.ThrowsAsync<VaultException>(() =>
            Task.Run(() => client.Read(SecretPath.Parse("secret/data/aurum/eia"), null, default)).WaitAsync(Patience));
        Assert.Equal(VaultFailure.Down, error.Failure);
        Assert.Contains(address.Authority, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lineage_server_is_given_up_in_time()
    {
        using var folder = new TestFolder();
        var options = new LineageOptions { Url = _server.Address, RequestSeconds = 0.5, Attempts = 2 };
        using var sender = new LineageSender(options, folder.Path, TimeProvider.System, new Random(1));
        var error = await Assert.ThrowsAsync<LineageException>(
            () => sender.Send([LineageSenderTests.Event(1)], default).WaitAsync(Patience));
        Assert.True(error.MayRetry);
        Assert.Equal(2, _server.Taken);
    }
}
