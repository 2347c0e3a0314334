using Aurum.Store;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.Tests.Store.Models;

public abstract class ScenarioBookTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2026, 6, 20, 20, 0);
    private static readonly Instant Later = Now + Duration.FromHours(1);

    private readonly TestFolder _folder = new();

    public virtual void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test; again after it was closed.</summary>
    protected virtual AurumStore Open() => DuckDbStores.Open(_folder.Path);

    [Fact]
    public void Each_change_is_a_version_and_the_same_again_is_none()
    {
        using var store = Open();
        var book = store.Scenarios;
        var first = book.Create(Draft("acme", "Gas up"), Now);
        Assert.Equivalent(first, book.Find("acme", first.Id), strict: true);
        var (change, second) = book.Update("acme", first.Id, s => s with { Assumptions = "[1]" }, 1, Later);
        Assert.Equal((ScenarioChange.Made, 2, "[1]", Now, Later),
            (change, second!.Version, second.Assumptions, second.CreatedAt, second.UpdatedAt));
        Assert.Equal(2, book.Update("acme", first.Id, s => s with { Assumptions = "[1]" }, null, Later).Record!.Version);
        Assert.Equal("[]", book.Find("acme", first.Id, 1)!.Assumptions);
        Assert.Equal(first.UniqueKey, second.UniqueKey);
        Assert.Equal(ScenarioChange.OtherVersion, book.Update("acme", first.Id, s => s, 1, Later).Change);
    }

    [Fact]
    public void A_tenant_finds_its_own_scenarios_by_name_tag_status_and_time()
    {
        using var store = Open();
        var book = store.Scenarios;
        var gas = book.Create(Draft("acme", "Gas up") with { Tags = ["gas", "2026"] }, Now);
        var coal = book.Create(Draft("acme", "Coal down") with { Status = ScenarioStatus.Archived }, Later);
        var other = book.Create(Draft("umbra", "Gas up"), Later);
        string[] Ids(ScenarioQuery query) => [.. book.List(query).Select(s => s.Id)];

        Assert.Equal([coal.Id, gas.Id], Ids(new ScenarioQuery("acme", 10)));
        Assert.Equal([gas.Id], Ids(new ScenarioQuery("acme", 10) { After = coal.Id }));
        Assert.Equal([gas.Id], Ids(new ScenarioQuery("acme", 10) { Name = "GAS" }));
        Assert.Equal([gas.Id], Ids(new ScenarioQuery("acme", 10) { Tag = "2026" }));
        Assert.Equal([], Ids(new ScenarioQuery("acme", 10) { Tag = "20" }));
        Assert.Equal([coal.Id], Ids(new ScenarioQuery("acme", 10) { Status = ScenarioStatus.Archived }));
        Assert.Equal([coal.Id], Ids(new ScenarioQuery("acme", 10) { CreatedFrom = Later }));
        Assert.Equal([gas.Id], Ids(new ScenarioQuery("acme", 10) { CreatedBefore = Later }));
        Assert.Null(book.Find("acme", other.Id));
        Assert.Equal(ScenarioChange.Unknown, book.Update("acme", other.Id, s => s, null, Later).Change);
    }

    [Fact]
    public void A_deleted_scenario_is_gone_for_its_tenant()
    {
        using var store = Open();
        var book = store.Scenarios;
        var id = book.Create(Draft("acme", "Gas up"), Now).Id;
        Assert.Equal(
            ScenarioChange.Made, book.Update("acme", id, s => s with { Status = ScenarioStatus.Deleted }, null, Later).Change);
        Assert.Null(book.Find("acme", id));
        Assert.Empty(book.List(new ScenarioQuery("acme", 10)));
        Assert.Equal(ScenarioChange.Unknown, book.Update("acme", id, s => s, null, Later).Change);
    }

    private static ScenarioRecord Draft(string tenant, string name) =>
        new(tenant, "", 0, name, null, ScenarioStatus.Created, "[]", "{}", [], default, default);
}
