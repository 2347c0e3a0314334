using Aurum.Market.Feeds;
using Aurum.Store.Archive;

namespace Aurum.App.Ingest;

/// <summary>What the requests of a day brought: archived files, and outcomes of those that brought none.</summary>
internal sealed class Answers
{
    private readonly List<FileRecord> _files = [];
    private readonly List<(Outcome Outcome, string Why)> _outcomes = [];
    private readonly HashSet<FileRecord> _earlier = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<FileRecord, long> _rows = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<FileRecord> Files => _files;

    /// <summary>Whether every request brought a file, or is known to have none.</summary>
    public bool IsWhole => _outcomes.TrueForAll(o => o.Outcome.IsSettled());

    /// <summary>Whether no request belongs to the day: nothing is published for it, or it is no longer to be had.</summary>
    public bool IsNothingToAsk => _files.Count == 0 && _outcomes.Count == 0;

    /// <summary>The gravest outcome so far with its reason; proven empty where nothing was asked for.</summary>
    public (Outcome Outcome, string Why) Gravest =>
        _outcomes.Count == 0 ? (Outcome.ProvenEmpty, "no request belongs to this day") : _outcomes.MaxBy(o => Gravity(o.Outcome));

    /// <summary>What went wrong so far, for the files to come.</summary>
    public Answers WithoutFiles()
    {
        var rest = new Answers();
        rest._outcomes.AddRange(_outcomes);
        return rest;
    }

    /// <summary>Notes how many rows a file has; the last reading counts.</summary>
    public void Count(FileRecord file, long rows) => _rows[file] = rows;

    /// <summary>Files that were received for this look, without those of earlier ones.</summary>
    public IEnumerable<FileRecord> Received => _files.Where(f => !_earlier.Contains(f));

    /// <summary>Rows read from a file; 0 where none were.</summary>
    public long RowsOf(FileRecord file) => _rows.GetValueOrDefault(file);

    public void Add(FileRecord file) => _files.Add(file);

    /// <summary>Adds a file that an earlier look brought.</summary>
    public void AddEarlier(FileRecord file)
    {
        _files.Add(file);
        _earlier.Add(file);
    }

    public void Add(Outcome outcome, string why) => _outcomes.Add((outcome, why));

    /// <summary>Order of outcomes: what a day is called when its files came to different ends.</summary>
    public static int Gravity(Outcome outcome) => outcome switch
    {
        Outcome.ProvenEmpty => 0,
        Outcome.Data => 1,
        Outcome.NotYetPublished => 2,
        Outcome.Unavailable => 3,
        Outcome.Throttled => 4,
        _ => 5,
    };
}
