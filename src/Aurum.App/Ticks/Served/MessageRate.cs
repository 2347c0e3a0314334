namespace Aurum.App.Ticks.Served;

/// <summary>Messages a second out of totals that somebody asks for now and then: the mean since about ten seconds ago, or since the
/// question before. Safe from several threads.</summary>
internal sealed class MessageRate(TimeProvider time)
{
    private const int Seconds = 10;

    private readonly Lock _gate = new();
    private readonly Queue<(long At, long Messages)> _samples = new();

    /// <param name="messages">All so far.</param>
    public double Of(long messages)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            while (_samples.Count > 1 && time.GetElapsedTime(_samples.Peek().At, now).TotalSeconds > Seconds)
            {
                _samples.Dequeue();
            }

            _samples.Enqueue((now, messages));
            var first = _samples.Peek();
            var seconds = time.GetElapsedTime(first.At, now).TotalSeconds;
            return seconds > 0 ? (messages - first.Messages) / seconds : 0;
        }
    }
}
