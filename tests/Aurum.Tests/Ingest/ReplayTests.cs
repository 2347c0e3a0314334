using System.Text;
using Aurum.App.Commands;
using Aurum.Store.DuckDb;
using Aurum.Tests.Running;
using NodaTime;

namespace Aurum.Tests.Ingest;

/// <summary>The archive is the truth that rows are held against.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly SandboxPlatform _sandbox = new(
        Instant.FromUtc(2025, 12, 20, 12, 0), ["caiso/day-ahead-lmp", "nyiso/load-integrated", "eia/region-data"]);

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Rows_rebuilt_from_the_archive_are_equal()
    {
        await Fill();
        var (code, text) = await Replay();

        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("every hash holds", text, StringComparison.Ordinal);
        Assert.DoesNotContain("DIFFERENT", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flipped_byte_in_the_archive_is_found()
    {
        await Fill();
        var blob = Directory.EnumerateFiles(
            Path.Combine(_sandbox.Folder, "archive", "sha256"), "*", SearchOption.AllDirectories).Order().First();
        var bytes = await File.ReadAllBytesAsync(blob);
        bytes[bytes.Length / 2] ^= 1;
        File.SetAttributes(blob, FileAttributes.Normal);
        await File.WriteAllBytesAsync(blob, bytes);

        var (code, text) = await Replay();

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("DAMAGED", text, StringComparison.Ordinal);
        Assert.Contains("damaged: ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update iso_lmp_rows set lmp = lmp + 0.01 where rowid = 5")]
    [InlineData("delete from iso_lmp_rows where rowid = 5")]
    [InlineData("update iso_lmp_rows set known_at = known_at - interval 1 second where rowid = 5")]
    public async Task A_row_that_was_changed_behind_the_back_is_found(string change)
    {
        await Fill();
        _sandbox.Platform.Dispose();
        using (var database = DuckDbDatabase.Open(Path.Combine(_sandbox.Folder, "aurum.duckdb")))
        using (var connection = database.Connect())
        {
            connection.Execute(change);
        }

        var (code, text) = await Replay();

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("every hash holds", text, StringComparison.Ordinal);
        Assert.Equal("iso_lmp", text.Split('\n').Single(l => l.Contains("DIFFERENT", StringComparison.Ordinal)).Split(' ')[0]);
    }

    private async Task Fill() => Assert.Empty(
        await _sandbox.Platform.Collector.RunBackfill(
            _sandbox.Days(new LocalDate(2025, 11, 1), 2), 1, static _ => { }, CancellationToken.None));

    private async Task<(int Code, string Text)> Replay()
    {
        _sandbox.Platform.Dispose();
        using var output = new MemoryStream();
        var console = new CommandConsole(output, TextWriter.Null, _sandbox.Time, IsTerminal: false, ShowsProgress: false);
        var code = await ReplayCommand.Run(_sandbox.Folder, console, CancellationToken.None);
        return (code, Encoding.UTF8.GetString(output.ToArray()));
    }
}
