using System.Text;
using Aurum.Market.Feeds;

namespace Aurum.Cluster.Contracts;

/// <summary>What a delivery held back or refused as events of <c>ingestion.dlq.v1</c>, with the feed as key: the topic that its rows would
/// have gone to, the row as it was read, and why it is not there.</summary>
/// <remarks>A row has no key before it is an event, and a file's bytes are in the archive under the SHA-256 of the delivery's files: both
/// are null. Nothing is tried again by itself: the same bytes are refused again.</remarks>
internal static class RefusalEvents
{
    private const string RowHeld = "row_held_back";
    private const string FileRefused = "file_refused";
    private const string Gate = "aurum.ingest.gate";
    private const string Ingest = "aurum.ingest";

    public static readonly EventTopic Topic = EventTopics.Find(EventTopics.LetterTopic);

    /// <param name="letter">What was refused.</param>
    /// <param name="table">Table of the delivery.</param>
    /// <param name="topicOf">Name of a topic in this environment.</param>
    /// <param name="ids">Ids of the schemas.</param>
    /// <param name="output">Takes the event.</param>
    public static void Write(DeliveryLetter letter, string table, Func<string, string> topicOf, EventSchemaIds ids, EventBatch output)
    {
        var micros = letter.KnownAt.ToMicros();
        var isRow = letter.RowJson is not null;
        output.BeginKey(Topic, micros).WriteRaw(Encoding.UTF8.GetBytes(letter.Feed.Text));
        output.BeginValue(ids(Topic));
        var value = output.Open;
        value.WriteText(topicOf(OfRows(table, letter.Feed)));
        value.Null();
        value.OptionalText(letter.RowJson);
        value.WriteText(isRow ? RowHeld : FileRefused);
        value.WriteText(letter.Message);
        value.WriteLong(micros);
        value.WriteLong(1);
        value.WriteLong(0);
        value.WriteLong(0);
        value.WriteText(isRow ? Gate : Ingest);
        value.OptionalText(letter.Feed.Text);
        value.Null();
        value.OptionalMap(letter.Context);
        value.OptionalText(letter.Action);
        value.WriteLong(micros);
        output.End();
    }

    /// <summary>The first topic of a feed's rows; quotes of workbooks become those of curves.</summary>
    private static string OfRows(string table, FeedId feed) =>
        RowEvents.TopicsOf(table, feed) is [var first, ..] ? first : EventTopics.CurveTopic;
}
