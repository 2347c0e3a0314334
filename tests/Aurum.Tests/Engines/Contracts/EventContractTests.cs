using System.Security.Cryptography;
using System.Text.Json;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Registry;
using Aurum.Store.Avro;
using Aurum.Sources;

namespace Aurum.Tests.Engines.Contracts;

public sealed class EventContractTests
{
    /// <summary>Of the contracts as consumers have them. A contract that is added or changed is added to the file, and this number with it;
    /// what stands there is never changed.</summary>
    private const string FrozenSha256 = "990fca4d8c0ddf33a23ca496a1b8aabfe5c2545b024b28066cdc014112635e2e";

    private static string FrozenPath => Path.Combine(
        Samples.ProjectRoot(), "tests", "Aurum.Tests", "Engines", "Contracts", "frozen-contracts.json");

    [Fact]
    public void What_consumers_have_is_frozen() =>
        Assert.Equal(FrozenSha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(FrozenPath))));

    [Fact]
    public void Every_contract_reads_what_was_written_before()
    {
        using var frozen = JsonDocument.Parse(File.ReadAllText(FrozenPath));
        var broken = frozen.RootElement.EnumerateObject().SelectMany(f => CompatibilityLevel.Backward.Check(
            EventContracts.Find(f.Name).Schema, AvroSchemaJson.Read(f.Value.GetRawText()), 1).Select(m => $"{f.Name}: {m}"));

        Assert.Empty(broken);
        Assert.Equal(
            EventContracts.All.Select(c => c.Name).Order(StringComparer.Ordinal),
            frozen.RootElement.EnumerateObject().Select(f => f.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Topics_and_subjects_are_named_by_the_rule_but_for_one_of_json()
    {
        var odd = EventTopics.All.Where(t => !EventTopics.IsName(t.Name) || (t.Subject is { } s && !EventTopics.IsName(s))).ToList();

        Assert.Equal(["aurum.curve.observation.dlq"], odd.Select(t => t.Name));
        Assert.Null(odd[0].Subject);
        Assert.Equal("aurum.ingest.error.v1", EventTopics.Find("aurum.ingest.error.v1").Subject);
        Assert.All(
            EventTopics.All.Where(t => t.Subject is not null && t.Name != EventTopics.ErrorTopic),
            t => Assert.Equal(t.Name + "-value", t.Subject));
        Assert.Equal(EventTopics.All.Count, EventTopics.All.Select(t => t.Name).Distinct().Count());
        Assert.Equal(61, EventTopics.All.Count(t => t.Origin == EventOrigin.Platform && t.Subject is not null));
    }

    [Fact]
    public void Every_contract_has_a_topic_and_says_what_each_field_is()
    {
        Assert.All(EventContracts.All, c => Assert.Contains(EventTopics.All, t => t.Contract == c));
        Assert.All(EventContracts.All, c =>
        {
            Assert.False(string.IsNullOrEmpty(c.Schema.Doc), c.Name);
            Assert.All(c.Schema.Fields, f => Assert.False(string.IsNullOrEmpty(f.Doc), $"{c.Name} {f.Name}"));
        });
    }

    [Fact]
    public void Rows_of_every_feed_of_the_catalog_have_topics()
    {
        var without = FeedCatalog.All.Where(f =>
            DeliveryEvents.TopicsOf(f.TableName, f.Id) is var topics
            && (topics.Count == 0 || topics.Any(t => EventTopics.TryFind(t) is null)));

        Assert.Empty(without.Select(f => f.Id.Text));
    }

    [Fact]
    public void The_page_of_contracts_is_what_the_schemas_say() =>
        Golden.Check(Path.Combine(Samples.ProjectRoot(), ContractsPage.Path), ContractsPage.Text());

    [Fact]
    public void A_frame_that_is_none_is_refused()
    {
        Assert.Throws<FormatException>(() => ConfluentFrame.Read([1, 0, 0, 0, 1, 5], out _));
        Assert.Throws<FormatException>(() => ConfluentFrame.Read([0, 0, 0], out _));
        Assert.Equal(0x01020304, ConfluentFrame.Read([0, 1, 2, 3, 4, 9], out var avro));
        Assert.Equal([9], avro.ToArray());
    }
}
