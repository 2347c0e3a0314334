namespace Aurum.Cluster.Kafka;

/// <summary>What a client says, for people. It says the same at each of its tries, many times a second while brokers are away: that is told
/// once a minute. Safe from several threads.</summary>
/// <param name="told">Hears it.</param>
/// <param name="time">The clock.</param>
internal sealed class ClientTalk(Action<string> told, TimeProvider time)
{
    /// <summary>Behind these words stands how long a try took and how often it was made.</summary>
    private const string OfTry = " (after ";

    /// <summary>Sentences that are remembered.</summary>
    private const int Most = 100;

    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _toldAt = new(StringComparer.Ordinal);

    public void Say(string text)
    {
        var key = text.IndexOf(OfTry, StringComparison.Ordinal) is var end and >= 0 ? text[..end] : text;
        lock (_gate)
        {
            if (_toldAt.TryGetValue(key, out var at) && time.GetElapsedTime(at) < Between)
            {
                return;
            }

            if (_toldAt.Count >= Most)
            {
                _toldAt.Clear();
            }

            _toldAt[key] = time.GetTimestamp();
        }

        told(text);
    }
}
