using System.Globalization;

namespace Aurum.Cluster.Kafka.Mock;

/// <summary>What may be typed to brokers for tests, a line each:
/// <code>topic NAME PARTITIONS | down BROKER | up BROKER | delay BROKER MILLISECONDS | fail REQUEST ERROR...</code></summary>
public static class MockCommands
{
    public const string Usage =
        "topic NAME PARTITIONS, down BROKER, up BROKER, delay BROKER MILLISECONDS, fail REQUEST ERROR..., group-delay MILLISECONDS";

    /// <summary>Does what a line says.</summary>
    /// <returns>What to answer: <c>ok</c> with the line, or what was expected.</returns>
    public static string Run(MockCluster cluster, string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            switch (words)
            {
                case []:
                    return "";
                case ["topic", var name, var partitions]:
                    cluster.CreateTopic(name, Number(partitions));
                    break;
                case ["down", var broker]:
                    cluster.SetBroker(Number(broker), isUp: false);
                    break;
                case ["up", var broker]:
                    cluster.SetBroker(Number(broker), isUp: true);
                    break;
                case ["delay", var broker, var milliseconds]:
                    cluster.SetDelay(Number(broker), Number(milliseconds));
                    break;
                case ["fail", var request, .. { Length: > 0 } errors]:
                    cluster.FailNext((short)Number(request), [.. errors.Select(Number)]);
                    break;
                case ["group-delay", var milliseconds]:
                    cluster.SetGroupDelay(Number(milliseconds));
                    break;
                default:
                    return $"expected one of: {Usage}; found '{line}'";
            }

            return $"ok {line}";
        }
        catch (Exception e) when (e is FormatException or OverflowException or BrokerException)
        {
            return $"{line}: {e.Message}";
        }
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
