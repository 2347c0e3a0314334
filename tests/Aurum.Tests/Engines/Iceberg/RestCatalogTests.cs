using Aurum.Cluster;
using Aurum.Cluster.Iceberg;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Engines.Vault;
using Aurum.Tests.Store.Lake;

namespace Aurum.Tests.Engines.Iceberg;

/// <summary>The client of REST catalogs: namespaces and tables, and what Nessie, Polaris and Lakekeeper have different.</summary>
public sealed class RestCatalogTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("polaris_catalog", null)]
    [InlineData("0198a7c6-5f1e-7d43-8d7b-aurum", null)]
    [InlineData("main%7Caurum", "main")]
    public async Task Addresses_go_by_the_catalogs_prefix_and_branch(string prefix, string? branch)
    {
        using var server = new FakeCatalog(prefix, branch);
        using var lakes = new RestLakes(server);
        using var world = lakes.World();
        world.NewPrices().Append(LakeWorld.Rows(new PriceRow(0, "A", 1, 1)));

        Assert.Single(LakeWorld.Read(Assert.Single(world.Catalog.Tables())));
        var config = server.Requests.First(static r => r.Path.EndsWith("/config", StringComparison.Ordinal));
        Assert.Equal("aurum", config.Query["warehouse"]);
        var finding = Assert.Single(await IcebergCheck.Run(server.Options, default));
        Assert.Equal((EngineState.Well, true), (finding.State, finding.What.Contains("1 namespaces", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_client_secret_or_a_token_that_was_replaced_in_Vault_is_asked_for_when_the_old_one_is_refused()
    {
        using var server = new FakeCatalog();
        using var vault = new TurningVault(("AURUM__Iceberg__ClientSecret", "catalog-secret"), ("AURUM__Iceberg__Token", "none"));
        using var byClient = new RestCatalog(server.Options.With(vault.Secrets), TimeProvider.System, static () => 0);
        await byClient.CreateNamespace(["a"], default);
        server.ClientSecret = "second";
        server.EndTokens();
        vault.Turn("AURUM__Iceberg__ClientSecret", "second");
        await byClient.CreateNamespace(["b"], default);

        var fixedToken = server.Options with { ClientId = null, ClientSecret = null, Token = "none" };
        using var other = new TurningVault(("AURUM__Iceberg__Token", "none"));
        using var byToken = new RestCatalog(fixedToken.With(other.Secrets), TimeProvider.System, static () => 0);
        other.Turn("AURUM__Iceberg__Token", server.NewToken());
        Assert.Equal(2, (await byToken.Namespaces([], default)).Count);
    }

    [Fact]
    public async Task Namespaces_and_tables_are_listed_over_pages_renamed_registered_and_dropped()
    {
        using var server = new FakeCatalog();
        using var lakes = new RestLakes(server);
        using var world = lakes.World();
        using var catalog = new RestCatalog(server.Options, TimeProvider.System, static () => 0);
        string[] names = ["a", "b", "c", "d", "e"];
        foreach (var name in names)
        {
            world.Catalog.Create(LakeWorld.PricesShape with { Name = new("market", name) });
            await catalog.CreateNamespace([$"space_{name}"], default);
        }

        Assert.Equal(names, await catalog.Tables(["market"], default));
        Assert.Equal(6, (await catalog.Namespaces([], default)).Count);
        await catalog.Rename(["market"], "a", ["space_b"], "z", default);
        Assert.Equal(["z"], await catalog.Tables(["space_b"], default));
        Assert.Null(await catalog.Load(["market"], "a", default));
        Assert.True(await catalog.Drop(["space_b"], "z", default));
        Assert.False(await catalog.Drop(["space_b"], "z", default));
        Assert.Empty(await catalog.Tables(["no-such"], default));
    }

    [Fact]
    public void Columns_to_which_the_catalog_gives_other_ids_are_written_under_these()
    {
        using var lakes = new RestLakes();
        using var world = lakes.World();
        var shape = LakeWorld.PricesShape;
        world.Catalog.Create(shape with { Fields = [.. shape.Fields.Select(static f => f with { Id = f.Id * 10 })] });
        var table = world.Catalog.Table(LakeWorld.Prices);
        table.Append(LakeWorld.Rows(new PriceRow(0, "A", 1, 1), new PriceRow(0, "B", 1, 2)));
        table.Upsert(LakeWorld.Rows(new PriceRow(0, "A", 1, 3)));

        Assert.Equal([3, 2], LakeWorld.Read(table).Select(static r => (int)r.Price!));
        Assert.Equal([1, 2, 3, 4, 5], table.Metadata.Schema.Fields.Select(static f => f.Id));
    }

    [Fact]
    public async Task A_table_that_was_written_without_a_catalog_is_registered()
    {
        using var server = new FakeCatalog();
        using var folder = new LakeWorld();
        var written = folder.NewPrices();
        written.Append(LakeWorld.Rows(new PriceRow(0, "A", 1, 1)));
        using var catalog = new RestCatalog(server.Options, TimeProvider.System, static () => 0);
        await catalog.CreateNamespace(["market"], default);

        await catalog.Register(["market"], "prices", "file://" + written.MetadataFile, default);

        using var lakes = new RestLakes(server);
        using var world = lakes.World(2, folder.Folder);
        var table = world.Catalog.Table(LakeWorld.Prices);
        table.Append(LakeWorld.Rows(new PriceRow(0, "A", 2, 2)));
        Assert.Equal(2, LakeWorld.Read(table).Count);
    }

    [Fact]
    public async Task The_doctor_says_what_is_wrong_without_printing_secrets()
    {
        using var server = new FakeCatalog();
        var wrong = Assert.Single(await IcebergCheck.Run(server.Options with { ClientSecret = "not-the-secret" }, default));
        Assert.Equal(EngineState.Failed, wrong.State);
        Assert.Contains("Iceberg:ClientId", wrong.ToDo, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", wrong.ToString(), StringComparison.Ordinal);

        var away = Assert.Single(await IcebergCheck.Run(
            server.Options with { Uri = "http://127.0.0.1:1", Retries = 0 }, default));
        Assert.Contains("can be reached", away.ToDo, StringComparison.Ordinal);
        var unset = Assert.Single(await IcebergCheck.Run(new IcebergOptions(), default));
        Assert.StartsWith("Iceberg:Uri", unset.What, StringComparison.Ordinal);
    }
}
