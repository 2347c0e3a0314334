using System.Net;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Tests.Engines.Vault;

namespace Aurum.Tests.Ingest;

public sealed class FetcherRotationTests : IDisposable
{
    private const string Variable = "AURUM_PUBLISHER_KEY";

    private static readonly FeedRequest Request = new("site", "/day?x=1", "asked.csv")
    {
        Secrets = [new HeaderSecret("X-Key", "publisher-key")],
    };

    private readonly TurningVault _vault = new((Variable, "first-key"));

    public void Dispose() => _vault.Dispose();

    [Fact]
    public async Task A_key_that_was_replaced_in_Vault_is_asked_for_when_the_publisher_refuses_the_old_one()
    {
        using var rig = new FetchRig(vault: _vault.Known);
        _vault.Turn(Variable, "second-key");
        rig.Then(HttpStatusCode.Forbidden, "API_KEY_INVALID: first-key");
        rig.Then(HttpStatusCode.OK, "x");

        Assert.Equal(Outcome.Data, (await rig.Get(Request)).Outcome);

        Assert.Equal([true, false], rig.Asked.Select(static a => a.Headers.Contains("first-key", StringComparison.Ordinal)));
        Assert.Contains("second-key", rig.Asked[1].Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_Vault_has_no_other_of_is_refused_once()
    {
        using var rig = new FetchRig(vault: _vault.Known);
        rig.Then(HttpStatusCode.Forbidden, "API_KEY_INVALID: first-key");

        var attempt = await rig.Get(Request);

        Assert.Equal((Outcome.Unavailable, 1, 2), (attempt.Outcome, rig.Asked.Count, _vault.Reads));
        Assert.DoesNotContain("first-key", attempt.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_replaced_while_the_publisher_answers_is_blotted_out_of_its_answer_all_the_same()
    {
        using var rig = new FetchRig(vault: _vault.Known);
        rig.Then(_ =>
        {
            _vault.Turn(Variable, "second-key");
            _vault.Known.Renew(new HashSet<string> { Variable }, default);
            return FetchRig.Answer(HttpStatusCode.OK, "asked with first-key, and an answer");
        });

        var attempt = await rig.Get(Request);

        Assert.True(_vault.Known.TryGet(Variable, out var known));
        Assert.Equal("second-key", known);
        await using var archived = rig.Archive.OpenRead(attempt.File!.Sha256);
        using var reader = new StreamReader(archived, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        Assert.EndsWith("and an answer", text, StringComparison.Ordinal);
        Assert.DoesNotContain("first-key", text, StringComparison.Ordinal);
    }
}
