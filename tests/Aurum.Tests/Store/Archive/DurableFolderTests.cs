using Aurum.Store.Archive;

namespace Aurum.Tests.Store.Archive;

public sealed class DurableFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Makes_a_folder_with_all_that_lie_above_it_and_leaves_one_that_is_there()
    {
        var deep = Path.Combine(_folder.Path, "a", "b", "c");
        DurableFolder.Create(deep);
        File.WriteAllText(Path.Combine(deep, "kept"), "");

        DurableFolder.Create(deep);

        Assert.True(File.Exists(Path.Combine(deep, "kept")));
    }

    [Fact]
    public void Flushes_a_folder_whose_name_is_not_ascii()
    {
        var folder = Path.Combine(_folder.Path, "données");
        DurableFolder.Create(folder);
        File.WriteAllText(Path.Combine(folder, "file"), "");

        Assert.Null(Record.Exception(() => DurableFolder.Flush(folder)));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        var folder = Path.Combine(_folder.Path, "nowhere");

        Assert.StartsWith(
            $"{folder} could not be flushed to disk: ", Assert.Throws<IOException>(() => DurableFolder.Flush(folder)).Message,
            StringComparison.Ordinal);
    }
}
