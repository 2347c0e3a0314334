using System.Reflection;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using NodaTime;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/status</c>: this process and how much it holds.</summary>
internal static class StatusEndpoints
{
    /// <summary>Version of the program, without the commit.</summary>
    public static readonly string Version =
        typeof(StatusEndpoints)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? "unknown";

    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/status", Get).WithTags("operations")
        .Describe("Status", "This process",
        "Version, mode, data directory and how much it holds.");

    private static Answer<StatusShape> Get(HttpRequest request, RowServices services, ApiOptions options, ApiStart start)
    {
        var started = services.Api.Time.GetTimestamp();
        _ = new QueryReader(request.Query, []);
        var (files, quarantined) = Counts(services);
        var shape = new StatusShape(
            Version, start.At, options.Mode, Path.GetFullPath(options.DataDirectory), services.Store.RowTotals().Values.Sum(),
            files, quarantined, services.Api.Now,
            services.Api.LakeLags?.Invoke().Select(static l => new LakeLagShape($"{l.Table}", l.Lag.Deliveries, l.Lag.Since)).ToList());
        return new Answer<StatusShape>(shape, 1, services.Api.Time.GetElapsedTime(started).TotalMilliseconds);
    }

    private static (long Files, long Quarantined) Counts(RowServices services)
    {
        using var counts = services.Store.Sql("SELECT (SELECT count(*) FROM files), (SELECT count(*) FROM quarantine)");
        return counts.NextChunk() ? (counts.Whole(0, 0), counts.Whole(1, 0)) : (0, 0);
    }
}

/// <summary>When the host was built.</summary>
internal sealed record ApiStart(Instant At);

/// <summary>This process and how much it holds.</summary>
/// <param name="Version">Version of the program.</param>
/// <param name="StartedAt">When the host was built.</param>
/// <param name="Mode">How it runs: serve, up, up --live.</param>
/// <param name="DataDirectory">Directory of all state.</param>
/// <param name="RowsTotal">Rows of all tables, all revisions.</param>
/// <param name="FilesTotal">Archived files.</param>
/// <param name="QuarantinedTotal">Rows held back.</param>
/// <param name="NowUtc">Now, on the server's clock.</param>
/// <param name="Lake">How far the lake's tables are behind the store; null where this server does not write it.</param>
internal sealed record StatusShape(
    string Version, Instant StartedAt, string Mode, string DataDirectory, long RowsTotal, long FilesTotal, long QuarantinedTotal,
    Instant NowUtc, IReadOnlyList<LakeLagShape>? Lake);

/// <summary>How far a table of the lake is behind.</summary>
/// <param name="Table">market.iso_lmp and the like.</param>
/// <param name="Deliveries">Deliveries of the store that are not in it yet.</param>
/// <param name="Since">When the first of them was known; null where there is none.</param>
internal sealed record LakeLagShape(string Table, long Deliveries, Instant? Since);
