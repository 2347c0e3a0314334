using System.Text;
using Aurum.Market.Feeds;
using Aurum.Store.Archive;
using NodaTime;

namespace Aurum.Tests.Store.Archive;

public sealed class RawArchiveTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2025, 3, 5, 1, 2);
    private static readonly FeedId Feed = new("caiso/day-ahead-lmp");
    private static readonly Fetch Fetch = new(Feed, new LocalDate(2025, 3, 4), "caiso-oasis", "/x?a=1", "x.zip", 200)
    {
        RequestHeaders =
        [
            new("Accept", "*/*"), new("Ocp-Apim-Subscription-Key", "s3cret"), new("Authorization", "Bearer s3cret"),
        ],
        ResponseHeaders = [new("Set-Cookie", "id=1"), new("Set-Cookie", "id=2"), new("ETag", "\"7\"")],
    };

    private readonly TestFolder _folder = new();
    private readonly StoppedClock _clock = new(Now);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bytes_come_back_by_their_hash()
    {
        var record = await AddAsync("hello");

        Assert.Equal("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", record.Sha256);
        Assert.Equal((5L, Now), (record.SizeBytes, record.ReceivedAt));
        Assert.Equal("hello", Text(record.Sha256));
        Assert.True(File.Exists(_folder[$"sha256/2c/{record.Sha256[2..]}"]));
    }

    [Fact]
    public async Task Identical_bytes_are_kept_once_and_each_fetch_has_its_record()
    {
        await AddAsync("same");
        await AddAsync("same");
        _clock.Now += Duration.FromMinutes(1);
        await AddAsync("other");

        var check = Archive().Verify();
        Assert.Equal((3, 2, true), (check.Records, check.Blobs, check.IsSound));
        Assert.Equal(["same", "same", "other"], Archive().Records().Select(r => Text(r.Sha256)));
        Assert.Empty(Archive().Records(new FeedId("nyiso/load")));
    }

    [Fact]
    public async Task A_record_reads_back_as_it_was_with_secrets_redacted()
    {
        var record = await AddAsync("body");

        var read = Assert.Single(Archive().Records(Fetch.Feed));
        Assert.Equivalent(record, read);
        Assert.Equal(["*/*", "***", "***"], read.Fetch.RequestHeaders.Select(h => h.Value));
        Assert.Equal(["***", "***", "\"7\""], read.Fetch.ResponseHeaders.Select(h => h.Value));
        Assert.DoesNotContain("s3cret", string.Concat(AllRecords()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(65_536)]
    public async Task A_secret_in_the_body_is_blotted_out_wherever_reads_cut_it(int readBytes)
    {
        var body = $"{new string('a', 65_530)}s3cret-key{new string('b', 70_000)}s3cret-keys3cret-key";
        var record = await Archive().AddAsync(Fetch, new SlowStream(body, readBytes), ["s3cret-key", ""], CancellationToken.None);

        Assert.Equal((3, (long)body.Length), (record.ScrubbedSecrets, record.SizeBytes));
        Assert.Equal(body.Replace("s3cret-key", "**********", StringComparison.Ordinal), Text(record.Sha256));
    }

    [Fact]
    public async Task A_body_beyond_the_limit_leaves_nothing()
    {
        var archive = new RawArchive(_folder.Path, _clock, maxBytes: 4);
        var error = await Assert.ThrowsAsync<ArchiveLimitException>(
            () => archive.AddAsync(Fetch, Stream("12345"), [], CancellationToken.None));

        Assert.Contains("x.zip", error.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (archive.Verify().Records, archive.Verify().Blobs));
        Assert.Empty(Directory.EnumerateFiles(_folder["incoming"]));
        Assert.Equal(4, (await archive.AddAsync(Fetch, Stream("1234"), [], CancellationToken.None)).SizeBytes);
    }

    [Fact]
    public async Task A_check_names_damaged_missing_and_orphaned_bytes()
    {
        var damaged = await AddAsync("one");
        var missing = await AddAsync("two");
        var orphan = await AddAsync("three");
        await File.WriteAllTextAsync(PathOf(damaged), "ONE");
        File.Delete(PathOf(missing));
        foreach (var path in Directory.EnumerateFiles(_folder["fetches"], "*.json", SearchOption.AllDirectories))
        {
            if ((await File.ReadAllTextAsync(path)).Contains(orphan.Sha256, StringComparison.Ordinal))
            {
                File.Delete(path);
            }
        }

        var check = Archive().Verify();
        Assert.Equal([damaged.Sha256], check.Damaged);
        Assert.Equal([missing.Sha256], check.Missing);
        Assert.Equal([orphan.Sha256], check.Orphans);
        Assert.False(check.IsSound);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_named()
    {
        await AddAsync("one");
        var path = Directory.EnumerateFiles(_folder["fetches"], "*.json", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(path, "{}");

        Assert.Equal([path], Archive().Verify().Unreadable);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => Archive().Records()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_crash_left_half_received_is_gone_after_the_next_start()
    {
        await AddAsync("one");
        await File.WriteAllTextAsync(_folder["incoming/7.part"], "half");

        Assert.True(Archive().Verify().IsSound);
        Assert.False(File.Exists(_folder["incoming/7.part"]));
    }

    private RawArchive Archive() => new(_folder.Path, _clock, maxBytes: 1 << 20);

    private Task<FileRecord> AddAsync(string body) => Archive().AddAsync(Fetch, Stream(body), [], CancellationToken.None);

    private string Text(string sha256)
    {
        using var reader = new StreamReader(Archive().OpenRead(sha256));
        return reader.ReadToEnd();
    }

    private string PathOf(FileRecord record) => _folder[$"sha256/{record.Sha256[..2]}/{record.Sha256[2..]}"];

    private IEnumerable<string> AllRecords() =>
        Directory.EnumerateFiles(_folder["fetches"], "*.json", SearchOption.AllDirectories).Select(File.ReadAllText);

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Gives at most so many bytes at a time.</summary>
    private sealed class SlowStream(string text, int readBytes) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(readBytes, buffer.Length)], cancellationToken);
    }
}
