using Aurum.Cluster;
using Aurum.Cluster.Kafka;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>ACLs as a cluster would tell them: there is none with an authoriser here.</summary>
public sealed class KafkaRightsTests
{
    private static readonly KafkaOptions Options = new()
    {
        BootstrapServers = "kafka:9092", SecurityProtocol = "SASL_SSL", SaslUser = "aurum", SaslPassword = "secret",
    };

    private static readonly string[] Topics = ["aurum.alert.v1", "aurum.iso.pjm.lmp.v1", "aurum.market.tick.raw.v1", "aurum.qa.result.v1"];

    [Fact]
    public void A_user_that_may_do_all_on_the_prefix_lacks_nothing() => Assert.Equal(
        (EngineState.Well, "ACLs let User:aurum write and read all 4 topics", null),
        Only(Allow(ResourceType.Topic, "aurum.", AclOperation.All), Allow(ResourceType.Group, "aurum-", AclOperation.Read)));

    [Fact]
    public void What_is_missing_is_named_with_the_command_that_grants_it()
    {
        var findings = KafkaRights.Judge(Options, Topics,
        [
            Allow(ResourceType.Topic, "aurum.iso.", AclOperation.Write), Allow(ResourceType.Topic, "aurum.", AclOperation.Read),
            Allow(ResourceType.Topic, "aurum.", AclOperation.Write, "User:somebody"),
            Allow(ResourceType.Group, "aurum-", AclOperation.Read),
        ]);

        var (state, what, toDo) = Parts(Assert.Single(findings));
        Assert.Equal(EngineState.Warned, state);
        Assert.Equal(
            "no ACL lets User:aurum Write Topic aurum.alert.v1, aurum.market.tick.raw.v1, aurum.qa.result.v1; super users need none", what);
        Assert.Equal(
            "kafka-acls --bootstrap-server kafka:9092 --add --allow-principal 'User:aurum' --operation Write --topic aurum. "
            + "--resource-pattern-type prefixed",
            toDo);
    }

    [Fact]
    public void One_that_denies_counts_before_all_that_allow()
    {
        var findings = KafkaRights.Judge(Options, Topics,
        [
            Allow(ResourceType.Topic, "*", AclOperation.All, "User:*", ResourcePatternType.Literal),
            Allow(ResourceType.Group, "*", AclOperation.All, "User:*", ResourcePatternType.Literal),
            Acl(
                ResourceType.Topic, "aurum.alert.v1", AclOperation.Write, "User:aurum", ResourcePatternType.Literal,
                AclPermissionType.Deny),
        ]);

        Assert.Equal("an ACL denies User:aurum to Write Topic aurum.alert.v1", Assert.Single(findings).What);
    }

    [Fact]
    public void Without_any_ACL_all_three_are_missing_and_long_lists_are_cut()
    {
        var findings = KafkaRights.Judge(Options, Topics, []);

        Assert.Equal(3, findings.Count);
        Assert.Contains(
            "aurum.alert.v1, aurum.iso.pjm.lmp.v1, aurum.market.tick.raw.v1 and 1 more;", findings[0].What, StringComparison.Ordinal);
        Assert.EndsWith("--operation Read --group aurum- --resource-pattern-type prefixed", findings[2].ToDo, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        ErrorCode.SecurityDisabled, EngineState.Well,
        "the brokers have no authoriser: whoever reaches them may read and write every topic")]
    [InlineData(ErrorCode.ClusterAuthorizationFailed, EngineState.Warned, "User:aurum may not list ACLs, so rights are not checked")]
    [InlineData(ErrorCode.RequestTimedOut, EngineState.Warned, "the ACLs could not be listed: Broker: Request timed out")]
    public async Task What_the_brokers_refuse_is_said_plainly(ErrorCode code, EngineState state, string what)
    {
        KafkaLibrary.Load();
        using var client = new RecordingAdminClient { Acls = () => throw new KafkaException(new Error(code)) };

        var finding = Assert.Single(await KafkaRights.Run(client, Options, Topics, TimeSpan.FromSeconds(1)));

        Assert.Equal((state, what), (finding.State, finding.What));
        Assert.Equal(state == EngineState.Well, finding.ToDo is null);
    }

    [Fact]
    public void Who_it_is_hangs_on_how_it_speaks_to_the_brokers()
    {
        Assert.Equal("User:aurum", KafkaRights.PrincipalOf(Options));
        Assert.Equal("User:ANONYMOUS", KafkaRights.PrincipalOf(new KafkaOptions { BootstrapServers = "kafka:9092" }));
    }

    private static (EngineState, string, string?) Only(params AclBinding[] acls) =>
        Parts(Assert.Single(KafkaRights.Judge(Options, Topics, acls)));

    private static (EngineState State, string What, string? ToDo) Parts(EngineFinding finding) =>
        (finding.State, finding.What, finding.ToDo);

    private static AclBinding Allow(
        ResourceType type, string name, AclOperation operation, string principal = "User:aurum",
        ResourcePatternType pattern = ResourcePatternType.Prefixed) =>
        Acl(type, name, operation, principal, pattern, AclPermissionType.Allow);

    private static AclBinding Acl(
        ResourceType type, string name, AclOperation operation, string principal, ResourcePatternType pattern,
        AclPermissionType permission) =>
        new()
        {
            Pattern = new ResourcePattern { Type = type, Name = name, ResourcePatternType = pattern },
            Entry = new AccessControlEntry { Principal = principal, Host = "*", Operation = operation, PermissionType = permission },
        };
}
