using Aurum.App.Api.Rows;
using Aurum.App.Ticks;
using Aurum.Store.Reading;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aurum.App.Api.Resources;

/// <summary><c>/health</c>, <c>/live</c> and <c>/ready</c> with their aliases, for people and for orchestrators.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("").WithTags("operations");
        health.MapGet("/health", GetHealth).WithName("Health").WithSummary("Whether the process answers");
        health.MapGet("/healthz", GetHealth).ExcludeFromDescription();
        health.MapGet("/live", GetHealth).WithName("Live").WithSummary("The same, for orchestrators: restart it when this fails");
        health.MapGet("/livez", GetHealth).ExcludeFromDescription();
        health.MapGet("/health/live", GetHealth).ExcludeFromDescription();
        health.MapGet("/ready", GetReady).WithName("Ready").WithSummary("Whether requests may be sent here")
            .WithDescription(
                "503 where the store cannot be read, the disk is nearly full, nothing was tried for longer than configured, or real-time "
                + "prices cannot be written.");
        health.MapGet("/readyz", GetReady).ExcludeFromDescription();
        health.MapGet("/health/ready", GetReady).ExcludeFromDescription();
    }

    private static Ok<HealthShape> GetHealth(HttpContext context) =>
        TypedResults.Ok(new HealthShape("ok", StatusEndpoints.Version, context.TraceIdentifier));

    private static Results<Ok<ReadyShape>, JsonHttpResult<ReadyShape>> GetReady(
        HttpContext context, RowServices services, ApiOptions options, ILogger<ReadyShape> log)
    {
        var checks = new Dictionary<string, string>
        {
            ["store"] = Check("store", context, log, () => Store(services)),
            ["disk"] = Check("disk", context, log, () => Disk(options)),
            ["ledger"] = Check("ledger", context, log, () => Ledger(services, options)),
            ["ticks"] = Check("ticks", context, log, () => Ticks(services)),
        };
        var isReady = checks.Values.All(c => c is "ok" or "disabled");
        var shape = new ReadyShape(isReady ? "ready" : "unavailable", checks, context.TraceIdentifier);
        return isReady ? TypedResults.Ok(shape) : TypedResults.Json(shape, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static string Store(RowServices services)
    {
        services.Store.Outbox(new RecordQuery { Limit = 1 });
        return "ok";
    }

    private static string Disk(ApiOptions options)
    {
        var free = new DriveInfo(Path.GetFullPath(options.DataDirectory)).AvailableFreeSpace;
        return free >= options.MinFreeDiskBytes ? "ok"
            : $"{free >> 20} MiB are free, {options.MinFreeDiskBytes >> 20} MiB are needed";
    }

    private static string Ledger(RowServices services, ApiOptions options)
    {
        if (options.MaxLedgerAgeHours is not { } most)
        {
            return "disabled";
        }

        var newest = services.Store.Outbox(new RecordQuery { Descending = true, Limit = 1 });
        if (newest.Count == 0)
        {
            return "nothing was ever tried";
        }

        var hours = (services.Api.Now - newest[0].KnownAt).TotalHours;
        return hours <= most ? "ok"
            : FormattableString.Invariant($"nothing was tried for {hours:F1} hours, {most:G} are allowed");
    }

    private static string Ticks(RowServices services) =>
        services.Api.Ticks is not { Value.Status: var status } ? "disabled"
        : status.State == TickServiceState.Running ? "ok"
        : $"{status.State}: {status.Reason}";

    private static string Check(string name, HttpContext context, ILogger log, Func<string> check)
    {
        try
        {
            return check();
        }
#pragma warning disable CA1031 // However a check fails, it is a failed check; the reason goes to the log.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Log.CheckFailed(log, name, context.TraceIdentifier, fault);
            return "failed";
        }
    }
}

/// <summary>The process answers.</summary>
/// <param name="Status">ok.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="RequestId">Also in the header X-Request-Id.</param>
internal sealed record HealthShape(string Status, string Version, string RequestId);

/// <summary>Whether requests may be sent here.</summary>
/// <param name="Status">ready or unavailable.</param>
/// <param name="Checks">Each check's result: ok, disabled, or what is wrong.</param>
/// <param name="RequestId">Also in the header X-Request-Id.</param>
internal sealed record ReadyShape(string Status, IReadOnlyDictionary<string, string> Checks, string RequestId);
