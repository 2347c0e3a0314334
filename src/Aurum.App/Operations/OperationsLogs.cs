using System.Diagnostics;
using Aurum.Cluster.ClickHouse.Operations;

namespace Aurum.App.Operations;

/// <summary>Hands what is logged to the writer of <c>ops.logs</c>. Never waits: a line that finds no room is dropped and counted.</summary>
internal sealed class OperationsLogs(OperationsWriter writer, TimeProvider time) : ILoggerProvider
{
    /// <summary>Longest message, characters.</summary>
    private const int MostCharacters = 8_192;

    private const string Format = "{OriginalFormat}";
    private static readonly string Host = Environment.MachineName;

    public ILogger CreateLogger(string categoryName) => new CategoryLog(this, categoryName);

    public void Dispose()
    {
        // The writer belongs to who made it.
    }

    private void Add(LogLevel level, string service, string message, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        var activity = Activity.Current;
        writer.TryAdd(new LogRow(
            time.GetUtcNow().ToUnixTimeSeconds(),
            level.ToString(),
            service,
            Host,
            activity?.TraceId.ToHexString() ?? "",
            activity?.SpanId.ToHexString() ?? "",
            message.Length <= MostCharacters ? message : message[..MostCharacters],
            fields));
    }

    private sealed class CategoryLog(OperationsLogs to, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and not LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            List<KeyValuePair<string, string>> fields = [];
            if (state is IReadOnlyList<KeyValuePair<string, object?>> parts)
            {
                fields.AddRange(parts.Where(static p => p.Key != Format).Select(
                    static p => new KeyValuePair<string, string>(p.Key, $"{p.Value}")));
            }

            if (exception is not null)
            {
                fields.Add(new("exception", exception.GetType().Name));
            }

            var message = exception is null ? formatter(state, null) : $"{formatter(state, exception)}: {exception.Message}";
            to.Add(logLevel, category, message, fields);
        }
    }
}
