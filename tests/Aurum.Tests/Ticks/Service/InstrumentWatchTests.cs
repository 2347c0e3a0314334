using Aurum.App.Configuration;
using Aurum.App.Ticks;

namespace Aurum.Tests.Ticks.Service;

public sealed class InstrumentWatchTests : IDisposable
{
    private const string Head = "instrument_id,commodity,region\n";

    private readonly TestFolder _folder = TestFolder.InMemory();

    private string Book => Path.Combine(_folder.Path, "instruments.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_book_is_read_again_when_it_changes_and_a_broken_one_leaves_the_book_before_it()
    {
        using var watch = InstrumentWatch.Open(Book);
        Assert.Equal((0, "", false), (watch.Book.Count, watch.Fault, watch.Look()));
        Write(Head + "PJM.WEST,electricity,northeast\n");
        Assert.True(watch.Look());
        Assert.False(watch.Look());
        Assert.Equal(1, watch.Book.Count);
        Write(Head + "PJM.WEST,electricity,northeast\nPJM.EAST,,northeast\n");
        Assert.False(watch.Look());
        Assert.Equal((1, $"{Book}:3: expected a name in commodity, found ''"), (watch.Book.Count, watch.Fault));
        Write(Head + "PJM.WEST,electricity,northeast\nPJM.EAST,electricity,northeast\n");
        Assert.Equal((true, 2, ""), (watch.Look(), watch.Book.Count, watch.Fault));
        File.Delete(Book);
        Assert.Equal((true, 0, ""), (watch.Look(), watch.Book.Count, watch.Fault));
    }

    [Fact]
    public void A_book_that_is_broken_at_the_start_is_an_error()
    {
        Write("instrument,commodity,region\n");
        Assert.Contains(
            "expected a column instrument_id", Assert.Throws<OptionsException>(() => InstrumentWatch.Open(Book)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticks_of_a_data_directory_have_what_its_book_says()
    {
        var messages = TickHome.Messages(400);
        var half = TickHome.EndOfLine(messages, messages.Length / 2);
        using var home = new TickHome(folder: _folder.Path);
        await home.SubmitAsync(messages[..half]);
        await home.Service.SettleAsync(default);
        Assert.Equal(0, home.Count("select count(*) from ticks where region = 'nowhere'"));
        Write(Head + string.Join('\n', Enumerable.Range(0, 40).SelectMany(Names)) + "\n");
        home.Reopen();
        Assert.Equal(320, home.Service.Status.KnownInstruments);
        await home.SubmitAsync(messages[half..]);
        await home.Service.SettleAsync(default);
        Assert.Equal(
            home.Count("select count(*) from ticks where not list_contains(flags, 'missing_metadata')"),
            home.Count("select count(*) from ticks where region = 'nowhere'"));
        Assert.True(home.Count("select count(*) from ticks where region = 'nowhere'") > 0);
    }

    private static IEnumerable<string> Names(int number) =>
        new[] { "MISO", "CAISO", "ERCOT", "PJM", "NYISO", "SPP", "ISO-NE", "AESO" }.Select(
            market => $"{market}.NODE_{number:0000}.RT,electricity,nowhere");

    private void Write(string text)
    {
        Directory.CreateDirectory(_folder.Path);
        File.WriteAllText(Book, text);
    }
}
