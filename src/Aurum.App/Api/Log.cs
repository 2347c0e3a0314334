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
}
