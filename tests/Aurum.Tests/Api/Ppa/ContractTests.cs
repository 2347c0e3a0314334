using System.Net;

namespace Aurum.Tests.Api.Ppa;

/// <summary>Contracts over HTTP: versions, tenants, refusals.</summary>
public sealed class ContractTests(PpaWorld world) : IClassFixture<PpaWorld>
{
    [Fact]
    public async Task A_contract_is_stored_changed_and_deleted_by_whoever_has_seen_its_latest_version()
    {
        var named = $$"""{"terms": {{PpaWorld.Peak()}}, "instrument_id": "WEST-1"}""";
        var made = await world.Send(HttpMethod.Post, "/v1/ppa/contracts", named);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var path = made.Headers["Location"];
        var first = await world.Send(HttpMethod.Get, path);
        Assert.Equal(("WEST-1", 1), ((string)first.Json["data"]!["instrument_id"]!, (int)first.Json["data"]!["version"]!));
        var tag = first.Headers["ETag"];

        var body = $$"""{"terms": {{PpaWorld.Peak(price: 47)}}}""";
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await world.Send(HttpMethod.Patch, path, body, ifMatch: "\"other\"")).Status);
        var second = await world.Send(HttpMethod.Patch, path, body, ifMatch: tag);
        Assert.Equal(2, (int)second.Json["data"]!["version"]!);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await world.Send(HttpMethod.Delete, path, ifMatch: tag)).Status);
        Assert.Equal([1, 2], (await world.Get($"{path}/versions")).AsArray().Select(v => (int)v!["version"]!));
        Assert.Equal("WEST-1", (string)(await world.Get(path))["instrument_id"]!);

        Assert.Equal(HttpStatusCode.NoContent, (await world.Send(HttpMethod.Delete, path, ifMatch: second.Headers["ETag"])).Status);
        foreach (var gone in new[] { path, $"{path}/versions", $"{path}/words", $"{path}/valuations" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await world.Send(HttpMethod.Get, gone)).Status);
        }
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_terms_is_told_at_once_an_entry_for_each_field()
    {
        var wrong = PpaWorld.Peak().Replace("\"buyer\"", "\"byer\"", StringComparison.Ordinal)
            .Replace("\"capacity_mw\":10", "\"capacity_mw\":-10", StringComparison.Ordinal);
        foreach (var path in new[] { "/v1/ppa/contracts", "/v1/ppa/check", "/v1/ppa/preview" })
        {
            var refused = await world.Send(HttpMethod.Post, path, $$"""{"terms": {{wrong}}}""");
            Assert.Equal((HttpStatusCode)422, refused.Status);
            Assert.Equal("urn:aurum:problem:invalid-document", (string)refused.Json["type"]!);
            Assert.Equal(
                ["$.terms.side", "$.terms.volume.capacity_mw"],
                refused.Json["errors"]!.AsArray().Select(e => (string)e!["field"]!).Order(StringComparer.Ordinal));
            Assert.Contains("nearest: buyer", refused.Text, StringComparison.Ordinal);
        }

        var unknown = await world.Send(HttpMethod.Post, "/v1/ppa/contracts", $$"""{"terms": {{PpaWorld.Peak()}}, "instument_id": "x"}""");
        Assert.Contains("instrument_id", unknown.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode)422, (await world.Send(HttpMethod.Post, "/v1/ppa/contracts", "{}")).Status);
        Assert.Equal((HttpStatusCode)422, (await world.Send(HttpMethod.Post, "/v1/ppa/contracts", "no json")).Status);
    }

    [Fact]
    public async Task A_tenant_sees_neither_contracts_nor_valuations_of_another()
    {
        var id = await world.Store(PpaWorld.Peak(), "owner");
        await world.Post("/v1/ppa/valuate", $$"""{"ppa_contract_id": "{{id}}"}""", "owner");
        var valuation = (string)(await world.Get($"/v1/ppa/contracts/{id}/valuations?limit=1", "owner"))[0]!["valuation_id"]!;
        Assert.Empty((await world.Get("/v1/ppa/contracts", "stranger")).AsArray());
        string[] paths =
        [
            $"/v1/ppa/contracts/{id}", $"/v1/ppa/contracts/{id}/words", $"/v1/ppa/contracts/{id}/versions",
            $"/v1/ppa/contracts/{id}/valuations", $"/v1/ppa/valuations/{valuation}", $"/v1/ppa/valuations/{valuation}/cashflows",
            $"/v1/ppa/valuations/{valuation}/manifest",
        ];
        foreach (var path in paths)
        {
            Assert.Equal(HttpStatusCode.OK, (await world.Send(HttpMethod.Get, path, tenant: "owner")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await world.Send(HttpMethod.Get, path, tenant: "stranger")).Status);
        }

        var byId = $$"""{"ppa_contract_id": "{{id}}"}""";
        Assert.Equal(HttpStatusCode.NotFound, (await world.Refused("/v1/ppa/valuate", byId, "stranger")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Send(HttpMethod.Delete, $"/v1/ppa/contracts/{id}", tenant: "stranger")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await world.Send(HttpMethod.Patch, $"/v1/ppa/contracts/{id}", $$"""{"terms": {{PpaWorld.Peak()}}}""", "stranger")).Status);
        var two = await world.Send(HttpMethod.Get, $"/v1/ppa/contracts?tenant=other", tenant: "owner");
        Assert.Equal(HttpStatusCode.BadRequest, two.Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await world.Send(HttpMethod.Get, "/v1/ppa/contracts", tenant: "a b")).Status);
    }

    [Fact]
    public async Task Contracts_come_in_pages_in_the_order_of_their_creation()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            world.Rig.Pass();
            ids.Add(await world.Store(PpaWorld.Peak(name: $"Strip {i}"), "pages"));
        }

        var found = new List<string>();
        for (var path = "/v1/ppa/contracts?limit=2"; ;)
        {
            var page = await world.Send(HttpMethod.Get, path, tenant: "pages");
            found.AddRange(page.Json["data"]!.AsArray().Select(c => (string)c!["ppa_contract_id"]!));
            if ((string?)page.Json["meta"]!["next_cursor"] is not { } next)
            {
                break;
            }

            path = $"/v1/ppa/contracts?limit=2&cursor={next}";
        }

        Assert.Equal(ids, found);
    }

    [Fact]
    public async Task Terms_are_said_in_words_and_their_schema_is_served()
    {
        var words = await world.Post("/v1/ppa/check", $$"""{"terms": {{PpaWorld.Solar}}}""");
        Assert.Contains("Caprock Solar", words.ToJsonString(), StringComparison.Ordinal);
        var id = await world.Store(PpaWorld.Solar, "words");
        Assert.Equal(words.ToJsonString(), (await world.Get($"/v1/ppa/contracts/{id}/words", "words")).ToJsonString());
        var schema = await world.Send(HttpMethod.Get, "/v1/ppa/schema");
        Assert.Equal("application/schema+json", schema.ContentType);
        Assert.Contains("2020-12", (string)schema.Json["$schema"]!, StringComparison.Ordinal);
    }
}
