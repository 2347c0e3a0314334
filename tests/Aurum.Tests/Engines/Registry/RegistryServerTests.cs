using System.Net;
using Aurum.App.Registry;
using Aurum.Cluster.Contracts;
using Aurum.Store.Avro;
using Aurum.Tests.Engines.Interop;

namespace Aurum.Tests.Engines.Registry;

/// <summary>The registry over HTTP, with a client of it that nobody here wrote.</summary>
public sealed class RegistryServerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_foreign_client_registers_encodes_and_decodes_through_it_and_its_breaking_change_is_refused()
    {
        await using var server = await RegistryServer.Start(
            Path.Combine(_folder.Path, "journal"), IPAddress.Loopback, 0, CancellationToken.None);

        var answer = Assert.Single(await EngineScript.Run("registry.mjs", [server.Address.AbsoluteUri.TrimEnd('/'), "prices-value"]));

        var id = answer.GetProperty("id").GetInt32();
        Assert.All(["id", "again", "latest", "found"], name => Assert.Equal(1, answer.GetProperty(name).GetInt32()));
        Assert.Equal(31.5, answer.GetProperty("value").GetProperty("mwh").GetDouble());
        Assert.Contains("incompatible", answer.GetProperty("refusal").GetString(), StringComparison.Ordinal);

        Assert.Equal(id, ConfluentFrame.Read(Convert.FromHexString(answer.GetProperty("hex").GetString()!), out var avro));
        var reader = new AvroReader(avro);
        Assert.Equal(("TH_NP15", 31.5), (reader.ReadText(), reader.ReadDouble()));
    }

    [Fact]
    public async Task Contracts_are_listed_shown_registered_and_checked_by_the_command()
    {
        await using var server = await RegistryServer.Start(
            Path.Combine(_folder.Path, "journal"), IPAddress.Loopback, 0, CancellationToken.None);
        var url = server.Address.AbsoluteUri.TrimEnd('/');

        Assert.Equal(1, (await Aurum("contracts", "check", "--url", url, "--format", "csv")).Missing("missing"));
        Assert.Equal(0, (await Aurum("contracts", "register", "--url", url)).Code);
        var check = await Aurum("contracts", "check", "--url", url, "--format", "csv");
        Assert.Equal(EventTopics.All.Count(t => t.Subject is not null), check.Output.Split(",there,").Length - 1);
        Assert.Equal(0, check.Code);
        var list = await Aurum("contracts", "list", "--format", "csv");
        Assert.Contains(
            "aurum.iso.caiso.lmp.v1,iso.lmp.v1,aurum.iso.caiso.lmp.v1-value,location_id,23,platform,", list.Output,
            StringComparison.Ordinal);
        var shown = await Aurum("contracts", "show", "aurum.ref.fx.rate.v1", "--format", "json");
        Assert.Equal(EventContracts.Find("fx.rate.v1").SchemaText, shown.Output);
        Assert.Equal(1, (await Aurum("contracts", "show", "nothing")).Code);
        Assert.Equal(2, (await Aurum("contracts", "check")).Code);
    }

    private async Task<Ran> Aurum(params string[] words)
    {
        using var output = new MemoryStream();
        var console = new App.Commands.CommandConsole(
            output, TextWriter.Null, TimeProvider.System, IsTerminal: false, ShowsProgress: false);
        var code = await App.Commands.CommandLine.Run([.. words, "--data", _folder.Path], console);
        return new Ran(code, System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }

    private sealed record Ran(int Code, string Output)
    {
        public int Missing(string word) => Code == 0 && Output.Contains($",{word},", StringComparison.Ordinal) ? 1 : 0;
    }
}
