namespace Aurum.Tests.Engines.Kafka;

/// <summary>Waits for what other threads and processes do.</summary>
internal static class KafkaWait
{
    public static async Task Until(Func<bool> condition, CancellationToken limit)
    {
        while (!condition())
        {
            await Task.Delay(20, limit);
        }
    }
}
