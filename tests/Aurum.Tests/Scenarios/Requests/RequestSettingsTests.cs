using Aurum.App.Configuration;
using Aurum.App.Scenarios.Requests;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Postgres;
using Aurum.Cluster.Registry;
using Aurum.Tests.Commands;
using NodaTime;

namespace Aurum.Tests.Scenarios.Requests;

public sealed class RequestSettingsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_over_Kafka_need_all_that_workers_share()
    {
        var whole = new AurumOptions
        {
            Scenarios = new ScenarioSettings { OverKafka = true },
            Kafka = new KafkaOptions { BootstrapServers = "localhost:9092" },
            Registry = new RegistryOptions { Url = "http://localhost:8081" },
            Postgres = new PostgresOptions { Dsn = "postgresql://aurum@localhost/aurum" },
        };
        Assert.Same(whole, whole.Checked());
        foreach (var (lacking, name) in ((AurumOptions, string)[])
        [
            (whole with { Kafka = null }, "Kafka:BootstrapServers"), (whole with { Registry = null }, "Registry:Url"),
            (whole with { Postgres = null }, "Postgres:Dsn"),
        ])
        {
            Assert.EndsWith($"; {name} is not set", Assert.Throws<OptionsException>(() => lacking.Checked()).Message);
        }
    }

    [Fact]
    public void Numbers_of_a_worker_have_ranges()
    {
        var wrong = Assert.Throws<OptionsException>(() => new RequestWorkerOptions { LeaseSeconds = 1 }.Checked());
        Assert.Equal("--lease-seconds: expected 2 to 3600 seconds, found 1", wrong.Message);
        Assert.Throws<OptionsException>(() => new RequestWorkerOptions { Group = "" }.Checked());
    }

    [Fact]
    public async Task A_worker_without_brokers_says_which_setting_it_lacks()
    {
        var run = await CommandRun.At(Instant.FromUtc(2026, 6, 20, 20, 0), "scenario", "worker", "--data", _folder.Path);
        Assert.Equal(2, run.Code);
        Assert.Contains("Kafka:BootstrapServers: expected brokers", run.Error, StringComparison.Ordinal);
    }
}
