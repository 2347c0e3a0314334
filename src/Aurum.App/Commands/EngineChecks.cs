using Aurum.App.Configuration;
using Aurum.Cluster;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.Iceberg;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.LakeFs;
using Aurum.Cluster.Lineage;
using Aurum.Cluster.Postgres;
using Aurum.Cluster.Redis;
using Aurum.Cluster.Registry;
using Aurum.Cluster.S3;
using Aurum.Cluster.Vault;

namespace Aurum.App.Commands;

/// <summary>The looks that <c>aurum doctor</c> takes at engines, written out: one line an engine.</summary>
internal static class EngineChecks
{
    /// <summary>Longest time for all of them together.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<EngineCheck> All { get; } =
    [
        EngineCheck.Of("Postgres", static o => o.Postgres, PostgresCheck.Run),
        EngineCheck.Of("Kafka", static o => o.Kafka, KafkaCheck.Run),
        EngineCheck.Of("Registry", static o => o.Registry, RegistryCheck.Run),
        EngineCheck.Of("ClickHouse", static o => o.ClickHouse, ClickHouseCheck.Run),
        EngineCheck.Of("Redis", static o => o.Redis, RedisCheck.Run),
        EngineCheck.Of("S3", static o => o.S3, S3Check.Run),
        EngineCheck.Of("Iceberg", static o => o.Iceberg, IcebergCheck.Run),
        EngineCheck.Of("LakeFs", static o => o.LakeFs, LakeFsCheck.Run),
        EngineCheck.Of("Vault", static o => o.Vault, VaultCheck.Run),
        EngineCheck.Of("Lineage", static o => o.Lineage, LineageCheck.Run),
    ];

    /// <summary>Engines that no setting names.</summary>
    public static IReadOnlyList<string> NotUsed(AurumOptions options) =>
        [.. All.Where(c => !c.IsUsed(options)).Select(static c => c.Engine)];

    /// <summary>Looks at all engines that are used, at the same time.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="time">The clock of the limit.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>What was found, in the order of the list. A look that fails or takes too long is a finding.</returns>
    public static Task<IReadOnlyList<EngineFinding>> Run(AurumOptions options, TimeProvider time, CancellationToken cancel) =>
        Run(All, options, time, cancel);

    internal static async Task<IReadOnlyList<EngineFinding>> Run(
        IReadOnlyList<EngineCheck> checks, AurumOptions options, TimeProvider time, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        var looks = checks.Where(c => c.IsUsed(options)).Select(c => Look(c, options, both.Token, cancel)).ToList();
        return [.. (await Task.WhenAll(looks)).SelectMany(static f => f)];
    }

    private static async Task<IReadOnlyList<EngineFinding>> Look(
        EngineCheck check, AurumOptions options, CancellationToken limit, CancellationToken cancel)
    {
        try
        {
            return await Task.Run(() => check.Run(options, limit), limit).WaitAsync(limit);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return
            [
                new EngineFinding(
                    check.Engine, EngineState.Failed, $"no answer within {Limit.TotalSeconds:0} s",
                    "see that it runs and that nothing between holds connections up"),
            ];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return [new EngineFinding(check.Engine, EngineState.Failed, e.Message, $"see docs/engines and the section {check.Engine}")];
        }
    }
}

/// <summary>A look at one engine.</summary>
/// <param name="Engine">Name as in the settings.</param>
/// <param name="IsUsed">Whether the settings name it.</param>
/// <param name="Run">Reaches it; asked only where it is used.</param>
internal sealed record EngineCheck(
    string Engine,
    Func<AurumOptions, bool> IsUsed,
    Func<AurumOptions, CancellationToken, Task<IReadOnlyList<EngineFinding>>> Run)
{
    /// <summary>The look at an engine whose section of the settings is null where it is not used.</summary>
    public static EngineCheck Of<TOptions>(
        string engine,
        Func<AurumOptions, TOptions?> section,
        Func<TOptions, CancellationToken, Task<IReadOnlyList<EngineFinding>>> run)
        where TOptions : class => new(engine, o => section(o) is not null, (o, cancel) => run(section(o)!, cancel));
}
