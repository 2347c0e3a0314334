namespace Aurum.App.Api;

/// <summary>What the API logs. Event ids 3000 to 3099.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Error, "{Method} {Path} failed, request {RequestId}")]
    public static partial void RequestFailed(ILogger logger, string method, string path, string requestId, Exception fault);

    [LoggerMessage(3002, LogLevel.Warning, "{Method} {Path}: the database did not answer: {Reason}; request {RequestId}")]
    public static partial void DatabaseAway(ILogger logger, string method, string path, string reason, string requestId);

    [LoggerMessage(3003, LogLevel.Error, "Check {Check} failed, request {RequestId}")]
    public static partial void CheckFailed(ILogger logger, string check, string requestId, Exception fault);

    [LoggerMessage(3004, LogLevel.Warning, "Events stand still: {Reason}; they go on by themselves, and nothing is left out")]
    public static partial void EventsStandStill(ILogger logger, string reason);

    [LoggerMessage(3005, LogLevel.Information, "Events go on")]
    public static partial void EventsGoOn(ILogger logger);

    [LoggerMessage(3006, LogLevel.Error, "{Service} has ended; the server goes on without it")]
    public static partial void ServiceEnded(ILogger logger, string service, Exception fault);
}
