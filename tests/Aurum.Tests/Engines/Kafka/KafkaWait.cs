namespace Aurum.Tests.Engines.Kafka;

/// <summary>Waits for what other threads and processes do.</summary>
internal static class KafkaWait
{
    private const int UsualSeconds = 60;

    /// <summary>Waits a minute at most.</summary>
    public static async Task Until(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(UsualSeconds));
        while (!await condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Waits a minute at most.</summary>
    public static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    public static async Task Until(Func<bool> condition, CancellationToken limit)
    {
        while (!condition())
        {
            await Task.Delay(20, limit);
        }
    }
}
