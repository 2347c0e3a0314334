using System.Text;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>A commit of the store as an event of <c>ingest.delivery.v1</c>, with the feed as key.</summary>
internal static class DeliveryEvent
{
    public static void Write(OutboxEntry entry, EventSchemaIds ids, EventBatch output)
    {
        var topic = EventTopics.Find(EventTopics.DeliveryTopic);
        output.BeginKey(topic, entry.KnownAt.ToMicros()).WriteRaw(Encoding.UTF8.GetBytes(entry.Feed.Text));
        output.BeginValue(ids(topic));
        var value = output.Open;
        value.WriteLong(entry.Id);
        value.WriteText(entry.Feed.Text);
        value.WriteLong(entry.Day.ToDays());
        value.WriteText(entry.Table);

        // The numbers of outcomes begin at 1, and the symbols stand in their order.
        value.WriteLong((int)entry.Outcome - 1);
        value.WriteLong(entry.KnownAt.ToMicros());
        value.WriteLong(entry.New);
        value.WriteLong(entry.Changed);
        value.WriteLong(entry.Quarantined);
        value.Null();
        output.End();
    }
}
