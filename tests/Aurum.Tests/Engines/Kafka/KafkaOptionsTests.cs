using Aurum.App.Configuration;
using Aurum.Cluster.Kafka;

namespace Aurum.Tests.Engines.Kafka;

public sealed class KafkaOptionsTests
{
    private static readonly KafkaOptions Good = new() { BootstrapServers = "a:9092,b.example:9093" };

    public static TheoryData<KafkaOptions, string> Wrong => new()
    {
        { Good with { BootstrapServers = "" }, "Kafka:BootstrapServers: expected host:port of brokers, with commas between, found ''" },
        {
            Good with { BootstrapServers = "a:9092,b" },
            "Kafka:BootstrapServers: expected host:port of brokers, with commas between, found 'a:9092,b'"
        },
        { Good with { Compression = "rar" }, "Kafka:Compression: expected none, gzip, snappy, lz4, zstd, found 'rar'" },
        {
            Good with { SecurityProtocol = "SSH" },
            "Kafka:SecurityProtocol: expected PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL, found 'SSH'"
        },
        { Good with { SecurityProtocol = "SASL_SSL" }, "Kafka:SaslUser: expected a user, as SecurityProtocol is SASL_SSL, found ''" },
        {
            Good with { SecurityProtocol = "SASL_SSL", SaslUser = "aurum" },
            "Kafka:SaslPassword: expected a password, as SecurityProtocol is SASL_SSL, found none"
        },
        { Good with { MaxInFlight = 6 }, "Kafka:MaxInFlight: expected 1 to 5 requests, found 6" },
        { Good with { AcksAll = false }, "Kafka:AcksAll: expected true where Kafka:Idempotent is true, found false" },
        { Good with { HeartbeatMilliseconds = 20_000 }, "Kafka:HeartbeatMilliseconds: expected 100 to 10,000 milliseconds, found 20000" },
        { Good with { CaFile = "no such file" }, "Kafka:CaFile: expected a file that is there, found 'no such file'" },
        { Good with { CertificateFile = "x" }, "Kafka:KeyFile: expected both CertificateFile and KeyFile, or neither, found none" },
        {
            Good with { Environment = "Staging" },
            "Kafka:Environment: expected up to 32 small letters, digits and hyphens, found 'Staging'"
        },
        { Good with { FetchMinKiB = 97_657 }, "Kafka:FetchMinKiB: expected 0 to 97,656 KiB, found 97657" },
        {
            Good with { DeliverySeconds = 10, LingerMilliseconds = 10_000 },
            "Kafka:DeliverySeconds: expected more than Kafka:LingerMilliseconds, 10000 ms, found 10 s"
        },
        { Good with { QueueMessages = 0 }, "Kafka:QueueMessages: expected 100 to 10,000,000 messages, found 0" },
    };

    [Fact]
    public void Single_events_of_ticks_need_a_registry_before_anything_is_opened()
    {
        var options = new AurumOptions { Kafka = Good with { Ticks = true } };
        Assert.StartsWith(
            "Kafka:Ticks: expected a schema registry", Assert.Throws<OptionsException>(() => options.Checked()).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_value_is_told_with_what_is_expected(KafkaOptions options, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(options.Check).Message);

    [Fact]
    public void Defaults_are_good() => Good.Check();

    [Fact]
    public void A_password_is_not_printed()
    {
        var options = Good with { SecurityProtocol = "SASL_SSL", SaslUser = "aurum", SaslPassword = "hush" };
        options.Check();
        Assert.Equal("Kafka at a:9092,b.example:9093 (SASL_SSL, SCRAM-SHA-512 as aurum)", options.ToString());
    }

    [Fact]
    public void Everything_becomes_a_setting_of_the_client()
    {
        var options = Good with
        {
            SecurityProtocol = "SASL_SSL", SaslMechanism = "SCRAM-SHA-256", SaslUser = "aurum", SaslPassword = "hush",
            LingerMilliseconds = 7, SessionSeconds = 12, HeartbeatMilliseconds = 400, Cooperative = false, FromBeginning = false,
        };
        var producer = ClientSettings.Producer(options).ToDictionary();
        Assert.Equal(
            ("sasl_ssl", "SCRAM-SHA-256", "aurum", "hush", "7", "true", "-1", "zstd", "5", "murmur2_random"),
            (producer["security.protocol"].ToLowerInvariant(), producer["sasl.mechanism"], producer["sasl.username"],
                producer["sasl.password"], producer["linger.ms"], producer["enable.idempotence"].ToLowerInvariant(), producer["acks"],
                producer["compression.type"],
                producer["max.in.flight"], producer["partitioner"]));
        var consumer = ClientSettings.Consumer(options, "g").ToDictionary();
        Assert.Equal(
            ("g", "12000", "400", "range", "latest", "false"),
            (consumer["group.id"], consumer["session.timeout.ms"], consumer["heartbeat.interval.ms"],
                consumer["partition.assignment.strategy"], consumer["auto.offset.reset"],
                consumer["enable.auto.offset.store"].ToLowerInvariant()));
    }

    [Fact]
    public void The_environment_is_behind_names_of_topics_and_groups()
    {
        Assert.Equal("aurum.alert.v1", Good.TopicOf("aurum.alert.v1"));
        Assert.Equal("aurum.alert.v1-staging", (Good with { Environment = "staging" }).TopicOf("aurum.alert.v1"));
        Assert.Equal("ticks-staging", (Good with { Environment = "staging" }).GroupOf("ticks"));
    }

    [Fact]
    public void A_wrong_section_stops_the_start()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["aurum.json"], """{ "Kafka": { "BootstrapServers": "kafka:9092", "LingerMilliseconds": -1 } }""");
        var wrong = Assert.Throws<OptionsException>(() => OptionsReader.Read(folder.Path));
        Assert.Contains("Kafka:LingerMilliseconds: expected 0 to 10,000 milliseconds, found -1", wrong.Message, StringComparison.Ordinal);
    }
}
