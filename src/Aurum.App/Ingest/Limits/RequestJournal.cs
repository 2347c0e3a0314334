using System.Globalization;
using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.App.Ingest.Limits;

/// <summary>Requests to sites with an allowance that outlives the process, one line each, written before the request goes out: a process
/// that is killed and started again asks for no more than is left.</summary>
/// <remarks>Two files in <c>quota/</c>, one a UTC day: <c>2026-11-21.log</c> with lines <c>instant site feed</c>. Nothing secret is in
/// them. Safe for several threads.</remarks>
internal sealed class RequestJournal(string directory, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private StreamWriter? _file;
    private DateOnly _day;

    /// <summary>What was asked for in the last 24 hours, oldest first. A line that was cut short by a crash is left out: its request did
    /// not go out.</summary>
    public IEnumerable<JournalLine> LastDay()
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        foreach (var path in new[] { PathOf(today.AddDays(-1)), PathOf(today) }.Where(File.Exists))
        {
            foreach (var line in File.ReadLines(path))
            {
                if (line.Split(' ') is [var at, var site, var feed, "."]
                    && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                    && now - Instant.FromUnixTimeTicks(ticks).ToDateTimeOffset() is var age && age <= TimeSpan.FromDays(1))
                {
                    yield return new JournalLine(age, site, feed);
                }
            }
        }
    }

    /// <summary>Notes a request that is about to go out.</summary>
    public void Add(string site, FeedId feed)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var file = FileOf(DateOnly.FromDateTime(now.UtcDateTime));
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{Instant.FromDateTimeOffset(now).ToUnixTimeTicks()} {site} {feed} ."));
            file.Flush();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private StreamWriter FileOf(DateOnly day)
    {
        if (_file is { } open && day == _day)
        {
            return open;
        }

        _file?.Dispose();
        Directory.CreateDirectory(directory);
        foreach (var old in Directory.EnumerateFiles(directory, "*.log").Where(f => IsOld(f, day)))
        {
            File.Delete(old);
        }

        _day = day;
        // A line that a crash cut short must not swallow the next one.
        _file = new StreamWriter(PathOf(day), append: true);
        _file.WriteLine();
        return _file;
    }

    private static bool IsOld(string path, DateOnly today) =>
        DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(path), "yyyy-MM-dd", CultureInfo.InvariantCulture, 0, out var day)
        && day < today.AddDays(-1);

    private string PathOf(DateOnly day) => Path.Combine(directory, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".log");
}

/// <summary>A request of an earlier time.</summary>
/// <param name="Age">How long ago it went out.</param>
/// <param name="Site">Site.</param>
/// <param name="Feed">Feed id.</param>
internal readonly record struct JournalLine(TimeSpan Age, string Site, string Feed);
