using Aurum.Cluster.Contracts;

namespace Aurum.App.Scenarios.Requests;

/// <summary>Topics of requests and outputs of runs, and the headers of their messages.</summary>
internal static class RequestTopics
{
    public const string Requests = EventTopics.ScenarioRequestTopic;
    public const string Retries = "aurum.scenario.request.retry.v1";
    public const string Letters = "aurum.scenario.request.dlq.v1";
    public const string Outputs = EventTopics.ScenarioOutputTopic;
    public const string Alerts = EventTopics.AlertTopic;

    /// <summary>Group of workers, unless another one is asked for; readers of the topic of retries have the same with
    /// <c>-retry</c>.</summary>
    public const string UsualGroup = "aurum-scenario-worker";

    /// <summary>Media type of values.</summary>
    public const string ContentType = "application/vnd.confluent.avro";

    /// <summary>The run.</summary>
    public const string Run = "aurum-run";

    /// <summary>Rows of output of the run: with so many numbers of <c>aurum-row</c> all are there.</summary>
    public const string Rows = "aurum-rows";

    /// <summary>Attempts that were made, from 0.</summary>
    public const string Attempt = "aurum-attempt";

    /// <summary>Seconds until the next attempt.</summary>
    public const string Delay = "aurum-delay-seconds";

    /// <summary>When the next attempt may begin, milliseconds since 1970 UTC.</summary>
    public const string NotBefore = "aurum-not-before";

    /// <summary>Why a request was given up, a word: <c>failed</c>, <c>version</c>.</summary>
    public const string Reason = "aurum-reason";

    /// <summary>The same for people.</summary>
    public const string Error = "aurum-error";

    /// <summary>Topic, partition and offset of a request that was given up: <c>topic[3]@17</c>.</summary>
    public const string Source = "aurum-source";

    /// <summary>Says that somebody sends a request again that was given up.</summary>
    public const string Redrive = "aurum-redrive";
}
