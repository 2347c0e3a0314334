using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Aurum.Market.Feeds;
using Aurum.Quality.Gates;
using Aurum.Sources.Shapes;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Rows;

namespace Aurum.App.Ingest;

/// <summary>Notices how a feed's files change from delivery to delivery: columns that come, go or hold something else, places that
/// come and go. What a parser needs and misses stops the file; this tells of all else.</summary>
/// <param name="store">Where what is known of the feeds stands.</param>
/// <param name="archive">Where the files are.</param>
internal sealed class DriftWatch(AurumStore store, RawArchive archive)
{
    private const string PlacesCheck = "expect_known_locations_complete";

    private readonly Lazy<ILookup<FeedId, FeedShape>> _stored = new(store.Read.Shapes);
    private readonly ConcurrentDictionary<FeedId, IReadOnlyDictionary<string, FileShape>> _known = new();

    /// <summary>What differs in a delivery from the feed's earlier ones. The first file of each form stands for all.</summary>
    public DriftFinding Look(Feed feed, IReadOnlyList<FileRecord> files, GateReport gate)
    {
        var notes = new List<DriftNote>();
        var changed = Compare(feed, files.DistinctBy(Kin).Select(f => (f, ShapeReader.Read(archive.FileOf(f, feed)))), notes);
        if (files.Count > 0)
        {
            AddPlaces(notes, files[^1], gate);
        }

        return FindingOf(notes, changed);
    }

    /// <summary>The same of one file whose form its reader has told.</summary>
    public DriftFinding Look(Feed feed, FileRecord file, FileShape shape)
    {
        var notes = new List<DriftNote>();
        return FindingOf(notes, Compare(feed, [(file, shape)], notes));
    }

    /// <summary>To be called when a finding is stored.</summary>
    public void Committed(Feed feed, DriftFinding finding)
    {
        if (finding.Changed.Count > 0)
        {
            _known[feed.Id] = _known[feed.Id].Concat(finding.Changed).GroupBy(s => s.Key).ToDictionary(s => s.Key, s => s.Last().Value);
        }
    }

    /// <summary>What is known of forms from now on, where that has changed.</summary>
    private Dictionary<string, FileShape> Compare(
        Feed feed, IEnumerable<(FileRecord File, FileShape? Shape)> files, List<DriftNote> notes)
    {
        var known = _known.GetOrAdd(feed.Id, id => _stored.Value[id].ToDictionary(s => s.Form, Read));
        var shapes = new Dictionary<string, FileShape>(StringComparer.Ordinal);
        foreach (var (file, read) in files)
        {
            if (read is not { } shape || shapes.ContainsKey(shape.Form))
            {
                continue;
            }

            shapes[shape.Form] = known.TryGetValue(shape.Form, out var before) ? before.With(shape) : shape;
            notes.AddRange((before?.ChangesTo(shape) ?? []).Select(c => new DriftNote(file, Word(c.Kind), c.Column, c.Expected, c.Found)));
        }

        return shapes.Where(s => !known.TryGetValue(s.Key, out var before) || Text(before) != Text(s.Value)).ToDictionary();
    }

    private static DriftFinding FindingOf(List<DriftNote> notes, Dictionary<string, FileShape> changed) =>
        new(notes, [.. changed.Values.Select(s => new FeedShape(s.Form, Text(s), s.IsWhole))], changed);

    /// <summary>Files whose addresses differ only in digits (dates, hours, pages) are of one form: the first of them is opened.</summary>
    private static string Kin(FileRecord file) =>
        string.Concat(file.Fetch.FileName, " ", file.Fetch.PathAndQuery.Where(c => !char.IsAsciiDigit(c)).ToArray().AsSpan());

    private static void AddPlaces(List<DriftNote> notes, FileRecord file, GateReport gate)
    {
        notes.AddRange(gate.Notes.Select(note => new DriftNote(file, "new-places", "location_id", "the places of the day before", note)));
        if (gate.Results.FirstOrDefault(r => r.Type == PlacesCheck && r.Failed > 0) is { } lost)
        {
            var found = string.Create(CultureInfo.InvariantCulture, $"{lost.Failed} of {lost.Checked}: ")
                + string.Join(", ", lost.Examples);
            notes.Add(new DriftNote(file, "lost-places", "location_id", "the places of the day before", found));
        }
    }

    private static string Word(ShapeChangeKind kind) => kind switch
    {
        ShapeChangeKind.NewColumn => "new-column",
        ShapeChangeKind.LostColumn => "lost-column",
        _ => "other-kind",
    };

    private static string Text(FileShape shape) =>
        new JsonArray([.. shape.Columns.Select(c => new JsonArray(c.Name, (int)c.Kind))]).ToJsonString();

    private static FileShape Read(FeedShape stored) => new(
        stored.Form,
        [.. JsonNode.Parse(stored.Columns)!.AsArray().Select(c => new ShapeColumn((string)c![0]!, (CellKind)(int)c[1]!))],
        stored.IsWhole);
}

/// <summary>What a look at a delivery found.</summary>
/// <param name="Notes">The differences.</param>
/// <param name="Shapes">What is known of the files' forms from now on, where that has changed.</param>
/// <param name="Changed">The same, by form.</param>
internal sealed record DriftFinding(
    IReadOnlyList<DriftNote> Notes, IReadOnlyList<FeedShape> Shapes, IReadOnlyDictionary<string, FileShape> Changed);
