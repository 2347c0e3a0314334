using System.Globalization;
using Aurum.App.Running;
using Aurum.Cluster.Kafka;

namespace Aurum.App.Scenarios.Requests;

/// <summary>Sends requests that are given up to their topic, byte for byte as they came, with the reason in headers. One that comes twice
/// has the same source.</summary>
internal sealed class RequestLetters(KafkaProducer producer, KafkaOptions kafka, TimeProvider time, Action<string> told)
{
    private const int LongestText = 2_000;

    private static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(30);

    /// <summary>Returns once brokers have it.</summary>
    /// <param name="message">The request.</param>
    /// <param name="reason">Why, a word.</param>
    /// <param name="error">Why, for people.</param>
    /// <param name="attempts">Attempts that were made.</param>
    /// <param name="cancel">Ends it.</param>
    public Task Send(RequestMessage message, string reason, string error, int attempts, CancellationToken cancel)
    {
        (string Name, string Value)[] headers =
        [
            (RequestTopics.Reason, reason),
            (RequestTopics.Error, error.Length <= LongestText ? error : error[..LongestText]),
            (RequestTopics.Attempt, attempts.ToString(CultureInfo.InvariantCulture)),
            (RequestTopics.Source, message.Headers.GetValueOrDefault(RequestTopics.Source) ?? message.Name),
        ];
        // What cannot be sent is not lost: it stands in its topic, and is not done with until it is in this one.
        return EndlessWork.Until<BrokerException>(
            () =>
            {
                var batch = producer.Begin();
                message.Send(batch, kafka.TopicOf(RequestTopics.Letters), headers, cancel);
                return batch.Complete(LongestSend, cancel);
            },
            away => told($"scenarios: {message.Name} cannot be given up yet: {away.Message}"),
            time,
            cancel);
    }
}
