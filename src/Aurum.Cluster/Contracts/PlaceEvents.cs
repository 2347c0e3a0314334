using System.Text;
using Aurum.Store.Locations;
using NodaTime;

namespace Aurum.Cluster.Contracts;

/// <summary>Places as events of <c>iso.pnode.v1</c>; the key is the operator's number of the place, else its name.</summary>
public static class PlaceEvents
{
    /// <summary>Where places go: a topic an operator.</summary>
    public static IReadOnlyList<EventTopic> Topics { get; } =
        [.. EventTopics.All.Where(static t => t.Contract == EventContracts.Find("iso.pnode.v1"))];

    /// <summary>A version of a place. Its days begin and end at midnights of its own clock.</summary>
    /// <param name="place">Place.</param>
    /// <param name="knownAt">When this was known.</param>
    /// <param name="ids">Ids of the schemas.</param>
    /// <param name="output">Takes the event.</param>
    public static void Write(LocationRecord place, Instant knownAt, EventSchemaIds ids, EventBatch output)
    {
        var topic = EventTopics.Find($"aurum.iso.{place.Iso.ToLowerInvariant()}.pnode.v1");
        var id = string.IsNullOrEmpty(place.PublisherId) ? place.LocationId : place.PublisherId;
        var zone = DateTimeZoneProviders.Tzdb[place.Timezone];
        output.BeginKey(topic, knownAt.ToMicros()).WriteRaw(Encoding.UTF8.GetBytes(id));
        output.BeginValue(ids(topic));
        var value = output.Open;
        value.WriteText(place.Iso);
        value.WriteText(id);
        value.OptionalText(place.LocationId);
        value.OptionalText(place.LocationType);
        value.OptionalText(place.Zone);
        value.OptionalText(place.Hub);
        value.OptionalLong(zone.AtStartOfDay(place.EffectiveFrom).ToInstant().ToMicros());
        value.OptionalLong(place.EffectiveTo is { } last ? zone.AtStartOfDay(last.PlusDays(1)).ToInstant().ToMicros() : null);
        value.WriteLong(knownAt.ToMicros());
        output.End();
    }
}
