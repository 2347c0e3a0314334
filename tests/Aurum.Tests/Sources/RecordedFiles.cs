using Aurum.Market.Feeds;

namespace Aurum.Tests.Sources;

/// <summary>Holds a publisher's whole sample folder to a list of facts, so that no recorded file is forgotten.</summary>
internal static class RecordedFiles
{
    /// <summary>Reads every file of the folder.</summary>
    /// <param name="publisher">Name of the folder.</param>
    /// <param name="expected">By file name: feed, outcome, rows, first start, last end, places; for a file that no feed is for,
    /// the reason in words.</param>
    /// <param name="outOfScope">Files that no feed is for, with the reason.</param>
    public static void HoldTo(
        string publisher, IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> outOfScope)
    {
        var wrong = new List<string>();
        var files = Samples.Files(publisher).ToDictionary(path => Path.GetFileName(path)!);
        foreach (var (name, path) in files)
        {
            var found = Read(path);
            var wanted = outOfScope.ContainsKey(name) ? " 0 0   0" : expected.GetValueOrDefault(name, "not listed");
            if (found.ToString() != wanted)
            {
                wrong.Add($"{name}: expected {wanted}, found {found} {found.Why}");
            }
        }

        var listed = expected.Keys.Concat(outOfScope.Keys);
        wrong.AddRange(listed.Where(name => !files.ContainsKey(name)).Select(name => $"{name}: no such sample"));
        wrong.AddRange(outOfScope.Where(entry => entry.Value.Length == 0).Select(entry => $"{entry.Key}: no reason given"));
        Assert.Empty(wrong);
    }

    private static ParsedFile Read(string path)
    {
        try
        {
            return ParsedFile.Read(path);
        }
        catch (FeedFormatException e)
        {
            var feed = ParsedFile.FeedsThatRecognize(path)[0];
            return new ParsedFile(feed.Id.Text, Outcome.Malformed, 0, "", "", 0, e.Message, []);
        }
    }
}
