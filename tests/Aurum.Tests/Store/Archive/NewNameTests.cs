using Aurum.Store.Archive;

namespace Aurum.Tests.Store.Archive;

public sealed class NewNameTests : IDisposable
{
    private const int Rounds = 300;
    private const int Writers = 4;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_several_who_give_a_name_at_the_same_time_one_succeeds_and_its_bytes_stay()
    {
        using var together = new Barrier(Writers);
        var won = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(
            () => Enumerable.Range(0, Rounds).Where(round => Give(writer, round, together)).ToList(), TaskCreationOptions.LongRunning)));

        Assert.Equal(Enumerable.Range(0, Rounds), won.SelectMany(static rounds => rounds).Order());
        for (var writer = 0; writer < Writers; writer++)
        {
            Assert.All(won[writer], round => Assert.Equal($"{writer}", File.ReadAllText(_folder[$"{round}"])));
        }

        Assert.Equal(Rounds, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told()
    {
        var finished = _folder["finished"];
        File.WriteAllText(finished, "x");
        var error = Assert.Throws<IOException>(() => NewName.TryGive(finished, Path.Combine(_folder.Path, "none", "name")));
        Assert.Contains("none", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(finished));
    }

    private bool Give(int writer, int round, Barrier together)
    {
        var finished = _folder[$"{writer}.unfinished"];
        File.WriteAllText(finished, $"{writer}");
        together.SignalAndWait();
        return NewName.TryGive(finished, _folder[$"{round}"]);
    }
}
