using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>What the quality gate made of a delivery as events of <c>qa.result.v1</c>: one for the batch, one for each expectation that
/// did not hold. The key is the run, which is feed, day and instant.</summary>
public static class GateEvents
{
    private const int Pass = 0;
    private const int Warn = 1;
    private const int Fail = 2;
    private const int Low = 0;
    private const int Medium = 1;
    private const int High = 2;

    public static void Write(FeedId feed, GateResult result, EventSchemaIds ids, EventBatch output)
    {
        var record = result.Record;
        var status = record.Overall switch
        {
            "Pass" => Pass,
            "PassWithQuarantine" => Warn,
            _ => Fail,
        };
        Write(feed, result, "batch", "batch", status, status == Fail ? High : Low,
            $"{record.Rows} rows checked, {record.Quarantined} held back", ids, output);
        using var failed = JsonDocument.Parse(record.Failed.Length == 0 ? "[]" : record.Failed);
        foreach (var check in failed.RootElement.EnumerateArray())
        {
            var name = check.GetProperty("Name").GetString()!;
            var isFail = check.GetProperty("Status").GetString() == "Fail";
            Write(
                feed, result, name, name.Split('(')[0], isFail ? Fail : Warn, isFail ? High : Medium, check.GetRawText(), ids, output);
        }
    }

    private static void Write(
        FeedId feed, GateResult result, string name, string type, int status, int severity, string details, EventSchemaIds ids,
        EventBatch output)
    {
        var topic = EventTopics.Find(EventTopics.QualityTopic);
        var run = $"{feed}/{result.Day:uuuu-MM-dd}/{result.KnownAt.ToUnixTimeMilliseconds()}";
        output.BeginKey(topic, result.KnownAt.ToMicros()).WriteRaw(Encoding.UTF8.GetBytes(run));
        output.BeginValue(ids(topic));
        var value = output.Open;
        value.WriteLong(result.Day.ToDays());
        value.WriteText(run);
        value.WriteText(result.Record.Suite);
        value.WriteText(name);
        value.WriteText(type);
        value.WriteLong(status);
        value.WriteLong(severity);
        value.Texts([]);
        value.OptionalText(details);
        value.WriteLong(result.KnownAt.ToMicros());
        output.End();
    }
}
