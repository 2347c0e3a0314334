using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>Kafka could not do what it was asked: not reachable, refused, too slow, full. The message names the brokers, the topic and
/// what to do; it never has a password.</summary>
public sealed class BrokerException : Exception
{
    /// <param name="message">What went wrong, with what, and what to do.</param>
    /// <param name="isRetryable">Whether the same may succeed later without a person doing anything.</param>
    /// <param name="cause">What the client said.</param>
    public BrokerException(string message, bool isRetryable, Exception? cause = null)
        : base(message, cause) => IsRetryable = isRetryable;

    /// <summary>Whether the same may succeed later without a person doing anything.</summary>
    public bool IsRetryable { get; }

    /// <summary>What the client said, in terms of the work that was asked for.</summary>
    /// <param name="what">The work, for example <c>aurum.iso.pjm.lmp.v1: 12 of 500 messages were not taken</c>.</param>
    /// <param name="error">The client's error.</param>
    /// <param name="cause">The exception that brought it.</param>
    internal static BrokerException Of(string what, Error error, Exception? cause = null) =>
        new($"{what}: {error.Reason} ({error.Code})", IsRetryableCode(error), cause);

    /// <summary>No client could be made of the options. That may pass: a file of certificates is there in part while it is
    /// changed.</summary>
    /// <param name="options">Where to.</param>
    /// <param name="refused">What the client said.</param>
    internal static BrokerException Of(KafkaOptions options, InvalidOperationException refused) =>
        new($"{options.BootstrapServers}: {refused.Message}", isRetryable: true, refused);

    /// <summary>What a person must change first is not retryable; all that may pass by itself is.</summary>
    private static bool IsRetryableCode(Error error) => error.Code is not (
        ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed
        or ErrorCode.SaslAuthenticationFailed or ErrorCode.UnsupportedSaslMechanism or ErrorCode.Local_Authentication
        or ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidRecord or ErrorCode.InvalidConfig or ErrorCode.PolicyViolation
        or ErrorCode.TopicException or ErrorCode.UnsupportedVersion or ErrorCode.Local_InvalidArg or ErrorCode.Local_UnknownPartition
        or ErrorCode.InvalidReplicationFactor or ErrorCode.InvalidPartitions or ErrorCode.TransactionalIdAuthorizationFailed
        or ErrorCode.RecordListTooLarge);
}
