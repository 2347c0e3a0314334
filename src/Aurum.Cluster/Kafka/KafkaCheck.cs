using System.Globalization;
using Aurum.Cluster.Kafka.Topics;
using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>Looks at Kafka for <c>aurum doctor</c>: the library, the brokers, the topics, rights, and settings
/// that will hurt.</summary>
public static class KafkaCheck
{
    private const string Engine = "Kafka";
    private const int UsualCopies = 3;

    private const int MostSeconds = 8;
    private const int MostSecondsOfRights = 2;

    /// <param name="options">Checked options.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>One finding or more; never an exception for what is wrong with Kafka.</returns>
    public static async Task<IReadOnlyList<EngineFinding>> Run(KafkaOptions options, CancellationToken cancel)
    {
        string library;
        try
        {
            library = KafkaLibrary.Load();
        }
        catch (BrokerException e)
        {
            return [new EngineFinding(Engine, EngineState.Failed, e.Message, "run eng/build-librdkafka.sh, or set AURUM_LIBRDKAFKA")];
        }

        var notes = new List<string>();
        Metadata found;
        try
        {
            found = await Task.Run(() => Ask(options, notes), cancel);
        }
        catch (KafkaException e)
        {
            var why = notes.Count > 0 ? notes[^1] : e.Error.Reason;
            return
            [
                new EngineFinding(
                    Engine, EngineState.Failed, $"{options}: no answer within {SecondsFor(options)} s: {why}",
                    "check Kafka:BootstrapServers, the network between, and Kafka:SecurityProtocol with user, password and certificates"),
            ];
        }

        return [.. Findings(options, library, found), .. await Rights(options)];
    }

    /// <summary>Whether ACLs let the program do its work.</summary>
    private static async Task<IReadOnlyList<EngineFinding>> Rights(KafkaOptions options)
    {
        IReadOnlyList<string> topics;
        try
        {
            topics = [.. TopicsFile.Load(options).In(options).Select(static t => t.Name)];
        }
        catch (BrokerException)
        {
            // A finding of its own says so.
            return [];
        }

        using var client = new AdminClientBuilder(ClientSettings.Admin(options))
            .SetErrorHandler(static (_, _) => { }).SetLogHandler(static (_, _) => { }).Build();
        return await KafkaRights.Run(client, options, topics, TimeSpan.FromSeconds(Math.Min(MostSecondsOfRights, SecondsFor(options))));
    }

    private static Metadata Ask(KafkaOptions options, List<string> notes)
    {
        using var client = new AdminClientBuilder(ClientSettings.Admin(options))
            .SetErrorHandler((_, error) => notes.Add($"{error.Reason} ({error.Code})"))
            .SetLogHandler(static (_, _) => { })
            .Build();
        return client.GetMetadata(TimeSpan.FromSeconds(SecondsFor(options)));
    }

    /// <summary>A person waits.</summary>
    private static int SecondsFor(KafkaOptions options) => Math.Min(MostSeconds, options.RequestSeconds);

    private static IEnumerable<EngineFinding> Findings(KafkaOptions options, string library, Metadata found)
    {
        yield return new EngineFinding(Engine, EngineState.Well, string.Create(
            CultureInfo.InvariantCulture,
            $"{options}: {found.Brokers.Count:N0} brokers, {found.Topics.Count:N0} topics; librdkafka {library}"));
        var copies = options.Replication > 0 ? options.Replication : UsualCopies;
        if (found.Brokers.Count < copies)
        {
            yield return new EngineFinding(
                Engine, EngineState.Warned, $"{found.Brokers.Count} brokers, and new topics are to have {copies} copies",
                $"set Kafka:Replication to {found.Brokers.Count}, or add brokers");
        }

        if (options.SecurityProtocol == "SASL_PLAINTEXT")
        {
            yield return new EngineFinding(
                Engine, EngineState.Warned, "the password goes over the network as it is", "set Kafka:SecurityProtocol to SASL_SSL");
        }

        var there = found.Topics.Where(static t => t.Error.Code == ErrorCode.NoError)
            .ToDictionary(static t => t.Topic, static t => t.Partitions.Count, StringComparer.Ordinal);
        IReadOnlyList<TopicSpec>? wanted = null;
        BrokerException? wrong = null;
        try
        {
            wanted = TopicsFile.Load(options).In(options);
        }
        catch (BrokerException e)
        {
            wrong = e;
        }

        if (wanted is null)
        {
            yield return new EngineFinding(Engine, EngineState.Failed, wrong!.Message, "mend the file of Kafka:TopicsFile");
            yield break;
        }

        var missing = wanted.Count(w => !there.ContainsKey(w.Name));
        var fewer = wanted.Count(w => there.TryGetValue(w.Name, out var partitions) && partitions < w.Partitions);
        yield return missing + fewer == 0
            ? new EngineFinding(Engine, EngineState.Well, $"all {wanted.Count} topics are there")
            : new EngineFinding(
                Engine, EngineState.Warned, $"of {wanted.Count} topics {missing} are missing, {fewer} have too few partitions",
                "'aurum kafka plan' says which, 'aurum kafka apply' mends it");
    }
}
