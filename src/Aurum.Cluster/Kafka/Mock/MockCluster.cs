using System.Runtime.InteropServices;
using System.Text;

namespace Aurum.Cluster.Kafka.Mock;

/// <summary>The brokers that librdkafka makes up for tests, listening on loopback: every client of Kafka can talk to them.</summary>
/// <remarks>
/// <para>They know producing, consuming, keys, all codecs, consumer groups and committed offsets. They do not know: creating, altering
/// or describing topics by request, isolation of transactions, authentication, retention by time. They keep 5 MiB or 100,000 messages of
/// a partition, whichever is reached first, and drop older ones without a word. Everything is in memory.</para>
/// <para>One cluster a process is enough: faults are commands to it.</para>
/// </remarks>
public sealed unsafe class MockCluster : IDisposable
{
    private const int ProducerKind = 0;
    private const int ErrorBytes = 512;

    private nint _client;
    private nint _cluster;

    /// <param name="brokers">Brokers, 1 to 20.</param>
    /// <exception cref="BrokerException">librdkafka is missing, too old, or has no such brokers.</exception>
    public MockCluster(int brokers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(brokers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(brokers, 20);
        var error = stackalloc byte[ErrorBytes];
        var settings = ((delegate* unmanaged[Cdecl]<nint>)Function("rd_kafka_conf_new"))();

        // Nobody is asked to connect anywhere, and its warning about that is of no use.
        fixed (byte* name = "log_level"u8, level = "3"u8)
        {
            ((delegate* unmanaged[Cdecl]<nint, byte*, byte*, byte*, nuint, int>)Function("rd_kafka_conf_set"))(
                settings, name, level, error, ErrorBytes);
        }

        _client = ((delegate* unmanaged[Cdecl]<int, nint, byte*, nuint, nint>)Function("rd_kafka_new"))(
            ProducerKind, settings, error, ErrorBytes);
        if (_client == 0)
        {
            throw new BrokerException($"brokers for tests: {Marshal.PtrToStringUTF8((nint)error)}", isRetryable: false);
        }

        _cluster = ((delegate* unmanaged[Cdecl]<nint, int, nint>)Function("rd_kafka_mock_cluster_new"))(_client, brokers);
        BootstrapServers = Marshal.PtrToStringUTF8(
            ((delegate* unmanaged[Cdecl]<nint, nint>)Function("rd_kafka_mock_cluster_bootstraps"))(_cluster))!;
    }

    /// <summary>Where the brokers listen: <c>127.0.0.1:43211,127.0.0.1:39017</c>.</summary>
    public string BootstrapServers { get; }

    /// <summary>Makes a topic. Others come into being with the first message, with four partitions.</summary>
    public void CreateTopic(string name, int partitions, int replication = 1)
    {
        fixed (byte* topic = Encoding.UTF8.GetBytes(name + "\0"))
        {
            Check(
                ((delegate* unmanaged[Cdecl]<nint, byte*, int, int, int>)Function("rd_kafka_mock_topic_create"))(
                    _cluster, topic, partitions, replication),
                $"topic {name}");
        }
    }

    /// <summary>Closes the connections of a broker and takes no new ones, or does again.</summary>
    /// <param name="broker">Number from 1.</param>
    /// <param name="isUp">Whether it answers from now on.</param>
    public void SetBroker(int broker, bool isUp) => Check(
        ((delegate* unmanaged[Cdecl]<nint, int, int>)Function(isUp ? "rd_kafka_mock_broker_set_up" : "rd_kafka_mock_broker_set_down"))(
            _cluster, broker),
        $"broker {broker}");

    /// <summary>Makes a broker slow: it answers after so many milliseconds.</summary>
    public void SetDelay(int broker, int milliseconds) => Check(
        ((delegate* unmanaged[Cdecl]<nint, int, int, int>)Function("rd_kafka_mock_broker_set_rtt"))(_cluster, broker, milliseconds),
        $"broker {broker}");

    /// <summary>The next requests of a kind fail with these errors, one each.</summary>
    /// <param name="request">Number of the request in Kafka's protocol: 0 produce, 1 fetch, 3 metadata, 10 coordinator.</param>
    /// <param name="errors">Numbers of the errors in Kafka's protocol.</param>
    public void FailNext(short request, ReadOnlySpan<int> errors)
    {
        fixed (int* codes = errors)
        {
            ((delegate* unmanaged[Cdecl]<nint, short, nuint, int*, void>)Function("rd_kafka_mock_push_request_errors_array"))(
                _cluster, request, (nuint)errors.Length, codes);
        }
    }

    /// <summary>Time that a new group waits for more members, milliseconds. The brokers' own number is 3,000.</summary>
    public void SetGroupDelay(int milliseconds) =>
        ((delegate* unmanaged[Cdecl]<nint, int, void>)Function("rd_kafka_mock_group_initial_rebalance_delay_ms"))(_cluster, milliseconds);

    public void Dispose()
    {
        if (_cluster != 0)
        {
            ((delegate* unmanaged[Cdecl]<nint, void>)Function("rd_kafka_mock_cluster_destroy"))(_cluster);
            ((delegate* unmanaged[Cdecl]<nint, void>)Function("rd_kafka_destroy"))(_client);
            (_cluster, _client) = (0, 0);
        }
    }

    private static nint Function(string name) => KafkaLibrary.Function(name);

    private static void Check(int error, string what)
    {
        if (error != 0)
        {
            var reason = ((delegate* unmanaged[Cdecl]<int, nint>)Function("rd_kafka_err2str"))(error);
            throw new BrokerException($"{what}: {Marshal.PtrToStringUTF8(reason)}", isRetryable: false);
        }
    }
}
