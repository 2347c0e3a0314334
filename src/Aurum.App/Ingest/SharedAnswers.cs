using System.Collections.Concurrent;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store.Archive;
using NodaTime;

namespace Aurum.App.Ingest;

/// <summary>Answers of one job that hold several days each, such as the file of a month: the first day asks, the others read what
/// came. Ends with the job, so that after a stop each such file is asked for once more. Safe for several threads.</summary>
internal sealed class SharedAnswers : IDisposable
{
    private readonly ConcurrentDictionary<(FeedId Feed, string Site, string Path), SharedAnswer> _answers = new();

    /// <summary>The place of the request's answer; null where every day asks for itself.</summary>
    public SharedAnswer? Of(Feed feed, FeedRequest request) => request.SharedFor is { } time
        ? _answers.GetOrAdd((feed.Id, request.Site, request.PathAndQuery), static (_, t) => new SharedAnswer(t), time)
        : null;

    public void Dispose()
    {
        foreach (var answer in _answers.Values)
        {
            answer.Dispose();
        }
    }
}

/// <summary>An answer that several days are read from, one after the other: only what a day was read from without a fault serves the
/// next one.</summary>
/// <param name="sharedFor">How long it serves after it was received.</param>
internal sealed class SharedAnswer(Duration sharedFor) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private FileRecord? _file;

    /// <summary>Waits until no other day is asking or reading. <see cref="Leave"/> ends the turn.</summary>
    public Task Enter(CancellationToken cancel) => _turn.WaitAsync(cancel);

    public void Leave() => _turn.Release();

    /// <summary>The archived answer as one to the given day; null where the day has to be asked for.</summary>
    /// <param name="day">Operating day.</param>
    /// <param name="lastTried">The last look at the day: an answer that is not younger would take it back to what was known before.</param>
    /// <param name="now">Now.</param>
    public FileRecord? For(OperatingDay day, Instant? lastTried, Instant now) =>
        _file is { } file && (lastTried is not { } look || look < file.ReceivedAt) && now - file.ReceivedAt <= sharedFor
            ? file with { Fetch = file.Fetch with { Day = day.Date } }
            : null;

    /// <summary>Takes an answer that was just received, where the day that asked for it was read from it to the end.</summary>
    public void Received(IReadOnlyList<FileRecord> files, Outcome outcome) =>
        _file = files is [var file] && outcome.IsSettled() ? file : null;

    /// <summary>Another day was read from it, or is not in it; after a fault it is not read again.</summary>
    public void Reread(Outcome outcome) => _file = outcome.IsSettled() || outcome == Outcome.NotYetPublished ? _file : null;

    public void Dispose() => _turn.Dispose();
}
