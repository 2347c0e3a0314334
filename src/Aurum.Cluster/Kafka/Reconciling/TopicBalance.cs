namespace Aurum.Cluster.Kafka.Reconciling;

/// <summary>A topic beside what is stored, for the same deliveries.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Deliveries">Deliveries of the window that brought rows of this topic.</param>
/// <param name="Rows">Rows that they brought.</param>
/// <param name="Events">Different events of them that are in the topic.</param>
/// <param name="Doubled">Events that are there more than once.</param>
/// <param name="Missing">Rows without an event.</param>
/// <param name="Surplus">Events without a row.</param>
/// <param name="Foreign">Messages that are no events of deliveries.</param>
public sealed record TopicBalance(
    string Topic, long Deliveries, long Rows, long Events, long Doubled, long Missing, long Surplus, long Foreign)
{
    /// <summary>How far both sides are apart: delivery by delivery, so that one too many here does not hide one too few there.</summary>
    public long Delta => Missing + Surplus;

    /// <summary>Compares.</summary>
    /// <param name="topic">Topic.</param>
    /// <param name="stored">Rows by delivery, of the window.</param>
    /// <param name="found">What is in the topic.</param>
    public static TopicBalance Of(string topic, IReadOnlyDictionary<long, long> stored, TopicContent found)
    {
        var (rows, events, missing, surplus) = (0L, 0L, 0L, 0L);
        foreach (var (delivery, count) in stored)
        {
            var there = found.Events(delivery);
            rows += count;
            events += there;
            missing += Math.Max(0, count - there);
            surplus += Math.Max(0, there - count);
        }

        if (stored.Count > 0)
        {
            // What lies before and behind the window is not its business; what lies in between and is not stored is.
            var (first, last) = (stored.Keys.Min(), stored.Keys.Max());
            foreach (var delivery in found.Deliveries.Where(d => d > first && d < last && !stored.ContainsKey(d)))
            {
                surplus += found.Events(delivery);
            }
        }

        return new TopicBalance(topic, stored.Count, rows, events, found.Doubled, missing, surplus, found.Foreign);
    }
}
