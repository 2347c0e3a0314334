using Aurum.Market.Feeds;

namespace Aurum.Sources.Isone;

/// <summary>How the beginnings of ISO New England's files tell what they are.</summary>
internal static class IsoneHeads
{
    /// <summary>Whether a file is a web service answer with this list, or with this record alone, in JSON or XML.</summary>
    public static bool IsAnswer(FileHead head, RecordShape shape) => head.FirstLine is ['{' or '<', ..]
        && (head.Has($"\"{shape.List}\"") || head.Has($"<{shape.List}") || head.Has($"\"{shape.Record}\""));

    /// <summary>Whether a file is an answer that a web page of the publisher gets, with this list.</summary>
    public static bool IsPage(FileHead head, string list) => head.FirstLine.StartsWith("[{\"data\":{", StringComparison.Ordinal)
        && head.Has($"\"{list}\":[");

    /// <summary>Whether a file is a report in CSV with these words in its comments.</summary>
    public static bool IsReport(FileHead head, string words) => head.FirstLine.StartsWith("\"C\",", StringComparison.Ordinal)
        && head.Text.AsSpan(0, Math.Min(head.Text.Length, 400)).Contains(words, StringComparison.Ordinal);
}
