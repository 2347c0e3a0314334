using System.Text;
using Aurum.Cluster.S3;
using Aurum.Store.Objects;

namespace Aurum.Tests.Engines.S3;

/// <summary>What every S3 server has to do for us.</summary>
public abstract class ObjectStoreConformance : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<S3Connection> _connections = [];
    private readonly Random _random = new(7);

    /// <summary>Options with the bucket as that of the archive.</summary>
    private protected abstract Task<S3Options> Server();

    private protected async Task<IObjectStore> Open(Func<S3Options, S3Options>? change = null)
    {
        var options = await Server();
        var connection = new S3Connection(change is null ? options : change(options), TimeProvider.System, Token);
        _connections.Add(connection);
        return connection.Archive()!;
    }

    private protected ulong Token()
    {
        lock (_random)
        {
            return (ulong)_random.NextInt64();
        }
    }

    private protected string File(string name) => Path.Combine(_folder.Path, name);

    private protected static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public virtual void Dispose()
    {
        _connections.ForEach(c => c.Dispose());
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Reads_what_was_written_whole_and_in_part()
    {
        var objects = await Open();
        await objects.Put("a/b c+d=ö.txt", Text("first"), default);
        await objects.Put("a/b c+d=ö.txt", Text("hello world"), default);

        Assert.Equal("hello world", Encoding.UTF8.GetString((await objects.Read("a/b c+d=ö.txt", 100, default))!));
        Assert.Equal("lo wo", Encoding.UTF8.GetString(await objects.ReadRange("a/b c+d=ö.txt", 3, 5, default)));
        var info = await objects.Find("a/b c+d=ö.txt", default);
        Assert.Equal((11L, 64), (info!.SizeBytes, info.Sha256!.Length));
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => objects.Read("a/b c+d=ö.txt", 10, default));
        Assert.Contains("expected at most 10 bytes, found 11", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_nothing_and_can_be_removed_again()
    {
        var objects = await Open();
        await objects.Put("gone", Text("x"), default);
        await objects.Delete("gone", default);
        await objects.Delete("gone", default);

        Assert.Null(await objects.Find("gone", default));
        Assert.Null(await objects.Read("gone", 10, default));
        Assert.False(await objects.Download("gone", File("gone"), default));
        Assert.False(System.IO.File.Exists(File("gone")));
    }

    [Fact]
    public async Task Lists_all_keys_of_a_folder_over_pages_in_order()
    {
        var objects = await Open(static o => o with { PageKeys = 10 });
        var keys = Enumerable.Range(0, 23).Select(static i => $"many/{i:000}").ToList();
        await Task.WhenAll(keys.Append("other").Select(k => objects.Put(k, Text(k), default)));

        Assert.Equal(keys, ObjectCalls.List(objects, "many/", default).Select(static o => o.Key));
        Assert.All(ObjectCalls.List(objects, "many/", default), static o => Assert.Equal(8, o.SizeBytes));
    }

    [Fact]
    public async Task A_large_file_goes_in_parts_and_comes_back_whole()
    {
        var objects = await Open();
        var bytes = new byte[(12 << 20) + 345];
        new Random(3).NextBytes(bytes);
        await System.IO.File.WriteAllBytesAsync(File("large"), bytes);

        await objects.Upload("large", File("large"), default);

        Assert.True(await objects.Download("large", File("again"), default));
        var again = await System.IO.File.ReadAllBytesAsync(File("again"));
        Assert.True(bytes.AsSpan().SequenceEqual(again));
        Assert.Equal(bytes.Length, (await objects.Find("large", default))!.SizeBytes);
        Assert.Equal(bytes[(6 << 20)..((6 << 20) + 10)], await objects.ReadRange("large", 6 << 20, 10, default));
    }

    [Fact]
    public async Task Of_several_writers_of_a_new_object_one_succeeds_and_its_bytes_stay()
    {
        IObjectStore[] stores = [await Open(), await Open(), await Open(), await Open()];
        for (var round = 0; round < 3; round++)
        {
            var key = $"new/{round}";
            var written = await Task.WhenAll(stores.Select((s, i) => s.PutNew(key, Text($"writer {i}"), default)));

            Assert.Single(written, static w => w);
            var winner = Array.IndexOf(written, true);
            Assert.Equal($"writer {winner}", Encoding.UTF8.GetString((await stores[0].Read(key, 100, default))!));
            Assert.False(await stores[1].PutNew(key, Text("late"), default));
        }

        Assert.Equal(3, ObjectCalls.List(stores[0], "new/", default).Count);
    }
}
