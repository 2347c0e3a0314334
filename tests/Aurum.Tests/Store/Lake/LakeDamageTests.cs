using Aurum.Store.Lake;
using Aurum.Store.Lake.Reading;

namespace Aurum.Tests.Store.Lake;

/// <summary>What is damaged or not understood is named by its file, and never read as something else.</summary>
public sealed class LakeDamageTests : IDisposable
{
    private readonly LakeWorld _world = new();
    private readonly LakeTable _table;

    public LakeDamageTests()
    {
        _table = _world.NewPrices();
        _table.Append(LakeWorld.Rows(new PriceRow(0, "A", 1, 1)));
    }

    private string MetadataFolder => Path.Combine(_world.Options.Folder, "market", "prices", "metadata");

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("\"format-version\": 2", "\"format-version\": 3", "expected format-version 2, found 3")]
    [InlineData("\"timestamptz\"", "\"timestamp_ns\"", null)]
    [InlineData("\"string\"", "\"geometry\"", "found geometry")]
    [InlineData("\"day\"\r", "", null)]
    [InlineData("\"current-schema-id\": 0", "\"current-schema-id\": 7", "names a schema, spec, order or snapshot that is not in it")]
    [InlineData("\"transform\": \"day\"", "\"transform\": \"bucket[16]\"", "found bucket[16]")]
    public void Metadata_that_is_not_understood_is_refused(string from, string to, string? message)
    {
        var file = _table.MetadataFile;
        File.WriteAllText(file, File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));

        if (message is null)
        {
            Assert.NotNull(_table.Metadata);
            return;
        }

        var error = Assert.Throws<LakeException>(() => _table.Metadata);
        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_that_is_cut_off_is_refused_by_name()
    {
        var file = _table.MetadataFile;
        File.WriteAllText(file, File.ReadAllText(file)[..200]);

        var error = Assert.Throws<LakeException>(() => _table.Metadata);
        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_is_changed_anywhere_is_refused_by_name_or_read_as_before()
    {
        var file = Directory.GetFiles(MetadataFolder, "*-m0.avro")[0];
        var bytes = File.ReadAllBytes(file);
        var random = new Random(5);
        for (var i = 0; i < 60; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(file, i % 3 == 0 ? damaged[..random.Next(damaged.Length)] : damaged);
            try
            {
                using var fresh = new LakeWorld(i, _world.Folder);
                _ = fresh.Catalog.Table(LakeWorld.Prices).ReadSql(new LakeRead());
            }
            catch (LakeException error)
            {
                Assert.NotEmpty(error.Message);
            }
        }
    }

    [Fact]
    public void A_manifest_that_is_gone_is_named()
    {
        var file = Directory.GetFiles(MetadataFolder, "snap-*.avro")[0];
        File.Delete(file);

        var error = Assert.Throws<LakeException>(() => _table.ReadSql(new LakeRead()));
        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hint_that_is_behind_or_gone_does_not_hide_the_newest_commit()
    {
        var hint = Path.Combine(MetadataFolder, "version-hint.text");
        foreach (var text in new[] { "1", "nonsense", "99", "" })
        {
            File.WriteAllText(hint, text);
            Assert.Single(LakeWorld.Read(_table));
        }

        File.Delete(hint);
        Assert.Single(LakeWorld.Read(_table));
        Assert.EndsWith("v2.metadata.json", _table.MetadataFile, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_that_names_files_outside_of_the_table_is_refused()
    {
        var file = _table.MetadataFile;
        File.WriteAllText(file, File.ReadAllText(file).Replace("/metadata/snap-", "/../../../../snap-", StringComparison.Ordinal));

        Assert.Throws<LakeException>(() => _table.ReadSql(new LakeRead()));
    }

    [Fact]
    public void A_table_that_was_moved_as_a_whole_is_still_read()
    {
        var folder = _world.Options.Folder;
        Directory.Move(Path.Combine(folder, "market"), Path.Combine(folder, "archive"));

        Assert.Single(LakeWorld.Read(_world.Catalog.Table(new LakeName("archive", "prices"))));
    }
}
