using Aurum.Cluster.Kafka;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Engines.Vault;

namespace Aurum.Tests.Engines.Kafka;

public sealed class KafkaRotationTests : IDisposable
{
    private const string Variable = "KAFKA_SASL_PASSWORD";

    private readonly FakeSaslBroker _broker = new();
    private readonly TurningVault _vault = new((Variable, "one"));

    public void Dispose()
    {
        _broker.Dispose();
        _vault.Dispose();
    }

    [Fact]
    public async Task A_producer_signs_in_with_the_new_password_after_the_brokers_refused_the_old_one()
    {
        using var producer = new KafkaProducer(Options, TimeProvider.System);
        await SignedIn("one");
        _broker.Password = "two";
        _vault.Turn(Variable, "two");
        _broker.Cut();
        await SignedIn("two");
        Assert.Contains(("me", "one", false), _broker.SignIns);
        Assert.Equal(2, _vault.Reads);
    }

    [Fact]
    public async Task A_consumer_signs_in_with_a_password_that_Vault_has_by_then_without_being_refused_once()
    {
        var subscription = new KafkaSubscription("group", ["aurum.none.v1"]);
        using var consumer = new KafkaConsumer(Options, subscription, new MemoryPositions(), TimeProvider.System, new Random(1));
        await SignedIn("one");
        _broker.Password = "two";
        _vault.Turn(Variable, "two");
        _vault.Secrets.Renew(["Kafka:SaslPassword"], default);
        _broker.Cut();
        await SignedIn("two");
        Assert.All(_broker.SignIns, static s => Assert.True(s.IsTaken));
    }

    [Fact]
    public void A_password_that_Vault_no_longer_gives_is_an_error_that_says_where_it_is_kept()
    {
        _vault.Delete();
        _vault.Secrets.Renew(["Kafka:SaslPassword"], default);
        var error = Assert.Throws<BrokerException>(() => new KafkaProducer(Options, TimeProvider.System));
        Assert.Contains("Vault has no secret secret/data/aurum/engines", error.Message, StringComparison.Ordinal);
    }

    private KafkaOptions Options => new KafkaOptions
    {
        BootstrapServers = _broker.Address,
        SecurityProtocol = "SASL_PLAINTEXT",
        SaslMechanism = "PLAIN",
        SaslUser = "me",
        SaslPassword = "one",
    }.With(_vault.Secrets);

    private Task SignedIn(string password) =>
        KafkaWait.Until(() => _broker.SignIns.Contains(("me", password, true)), KafkaWorld.Limit());
}
