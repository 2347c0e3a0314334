using System.Globalization;
using Aurum.Market.Feeds;
using NodaTime.Text;

namespace Aurum.Store.Archive;

/// <summary>The records of fetches, one small file each:
/// <c>fetches/caiso/day-ahead-lmp/2025-11-02/20251101T201500.123456Z-ab12cd34.json</c>.</summary>
internal sealed class FetchRecords(string directory)
{
    private static readonly InstantPattern Stamp = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss.ffffff'Z'");

    private readonly Lock _move = new();

    public static FileRecord Read(string path)
    {
        try
        {
            return FileRecordJson.Read(File.ReadAllBytes(path));
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    /// <param name="record">What to write.</param>
    /// <param name="temporary">Path to write it to before it is moved into its place.</param>
    public void Write(FileRecord record, string temporary)
    {
        var fetch = record.Fetch;
        var folder = Path.Combine(directory, fetch.Feed.Publisher, fetch.Feed.Dataset, LocalDatePattern.Iso.Format(fetch.Day));
        DurableFolder.Create(folder);
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(FileRecordJson.Write(record));
            file.Flush(flushToDisk: true);
        }

        var name = $"{Stamp.Format(record.ReceivedAt)}-{record.Sha256[..8]}";
        lock (_move)
        {
            for (var copy = 1; !TryMove(temporary, folder, name, copy); copy++)
            {
            }
        }

        DurableFolder.Flush(folder);
    }

    public IEnumerable<string> Paths(FeedId? feed)
    {
        var folder = feed is { } id ? Path.Combine(directory, id.Publisher, id.Dataset) : directory;
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories) : [];
    }

    /// <summary>How often each hash is named, and which records cannot be read.</summary>
    public (Dictionary<string, int> Named, List<string> Unreadable) Hashes()
    {
        Dictionary<string, int> named = [];
        List<string> unreadable = [];
        foreach (var path in Paths(null))
        {
            try
            {
                var hash = Read(path).Sha256;
                named[hash] = named.GetValueOrDefault(hash) + 1;
            }
            catch (InvalidDataException)
            {
                unreadable.Add(path);
            }
        }

        return (named, unreadable);
    }

    private static bool TryMove(string temporary, string folder, string name, int copy)
    {
        var suffix = copy == 1 ? "" : $"-{copy.ToString(CultureInfo.InvariantCulture)}";
        var path = Path.Combine(folder, $"{name}{suffix}.json");
        if (File.Exists(path))
        {
            return false;
        }

        File.Move(temporary, path);
        return true;
    }
}
