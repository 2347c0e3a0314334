using Aurum.App.Commands;

namespace Aurum.Tests.Commands;

public sealed class LakeCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_lake_is_listed_read_verified_and_tended_from_the_command_line()
    {
        (await Run("fetch", "nyiso/day-ahead-lmp-zone", "--day", "2025-11-03", "--sandbox")).Ended(ExitCodes.Done);

        var tables = (await Run("lake", "tables", "--format", "json")).Ended(ExitCodes.Done).Json;
        var table = Assert.Single(tables.EnumerateArray());
        Assert.Equal("market.iso_lmp", table.GetProperty("table").GetString());
        Assert.Equal(360, table.GetProperty("rows").GetInt32());
        Assert.True(File.Exists(table.GetProperty("metadata_location").GetString()));
        var csv = (await Run("lake", "tables", "--no-sync", "--format", "csv")).Ended(ExitCodes.Done).Lines;
        Assert.Equal("table,rows,files,bytes,snapshots,snapshot_id,committed_at,metadata_location", csv[0]);

        Assert.Contains("equal", (await Run("lake", "verify")).Ended(ExitCodes.Done).Out, StringComparison.Ordinal);
        Assert.Equal(3, (await Run("lake", "read", "market.iso_lmp", "--limit", "2", "--format", "csv")).Ended(ExitCodes.Done).Lines.Count);
        Assert.Equal(2, (await Run("lake", "snapshots", "market.iso_lmp")).Ended(ExitCodes.Done).Lines.Count);
        var refs = (await Run("lake", "refs", "market.iso_lmp")).Ended(ExitCodes.Done).Lines;
        Assert.StartsWith("main,branch,", refs[1], StringComparison.Ordinal);

        (await Run("fetch", "nyiso/day-ahead-lmp-generator", "--day", "2025-11-03", "--sandbox")).Ended(ExitCodes.Done);
        (await Run("lake", "sync")).Ended(ExitCodes.Done);
        Assert.Contains("2 files became 1", (await Run("lake", "compact")).Ended(ExitCodes.Done).Out, StringComparison.Ordinal);
        Assert.Contains("0 snapshots", (await Run("lake", "expire")).Ended(ExitCodes.Done).Out, StringComparison.Ordinal);
        Assert.Contains("equal", (await Run("lake", "verify")).Ended(ExitCodes.Done).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("market.nothing", "no such table")]
    [InlineData("nothing", "expected a table such as market.iso_lmp")]
    public async Task A_table_that_is_not_there_is_named(string name, string message)
    {
        Directory.CreateDirectory(Path.Combine(Data, "lake"));

        var run = (await Run("lake", "read", name)).Ended(ExitCodes.BadInput);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_lake_the_command_says_how_to_make_one()
    {
        var run = (await Run("lake", "tables")).Ended(ExitCodes.Failed);
        Assert.Contains("'aurum lake sync' writes what is stored", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            "nothing is stored here yet", (await Run("lake", "sync")).Ended(ExitCodes.Failed).Error, StringComparison.Ordinal);
        Assert.Contains(
            "expected one of --ref, --snapshot and --at",
            (await Run("lake", "read", "market.iso_lmp", "--ref", "a", "--snapshot", "1")).Ended(ExitCodes.BadInput).Error,
            StringComparison.Ordinal);
    }

    private Task<CommandRun> Run(params string[] arguments) => CommandRun.Of([.. arguments, "--data", Data]);
}
