using System.CommandLine;
using Aurum.App.Ingest;
using Aurum.App.Output;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources;
using Aurum.Store.Archive;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary><c>aurum ingest FILE...</c>: files that a person has, archived, checked and stored like fetched ones.</summary>
internal static class IngestCommand
{
    public static Command Create(CommandConsole console, Option<string> data)
    {
        var files = new Argument<string[]>("FILE") { Description = "files as publishers sent them", Arity = ArgumentArity.OneOrMore };
        var feed = new Option<string?>("--feed")
        {
            Description = "feed id, where it should not be found from name and content",
            HelpName = "ID",
        };
        var command = new Command("ingest", "Archive, check and store files that you have.") { files, feed };
        command.SetAction((parsed, cancel) => Run(
            parsed.GetRequiredValue(data), parsed.GetRequiredValue(files), parsed.GetValue(feed), console, cancel));
        return command;
    }

    public static async Task<int> Run(
        string dataDirectory, IReadOnlyList<string> files, string? feedId, CommandConsole console, CancellationToken cancel)
    {
        _ = feedId is null ? null : Feeds.Named(feedId);
        using var platform = DataOption.Open(dataDirectory, console, "aurum ingest");
        var code = ExitCodes.Done;
        foreach (var file in files)
        {
            code = Math.Max(code, await RunOne(platform, file, feedId, console, cancel));
        }

        return code;
    }

    private static async Task<int> RunOne(
        Platform platform, string path, string? feedId, CommandConsole console, CancellationToken cancel)
    {
        if (!File.Exists(path))
        {
            await console.Error.WriteLineAsync($"aurum: {path}: there is no such file");
            return ExitCodes.BadInput;
        }

        var detection = feedId is null ? FeedDetection.Detect(path) : null;
        var feed = feedId is null ? detection!.Feed : Feeds.Named(feedId);
        if (feed is null)
        {
            var advice = Path.GetExtension(path).StartsWith(".xls", StringComparison.OrdinalIgnoreCase)
                ? "'aurum curves load' takes vendors' workbooks"
                : "--feed ID names one, 'aurum feeds' lists them";
            await console.Error.WriteLineAsync($"aurum: {path}: no feed reads this file; {detection!.LooksLike}. {advice}");
            return ExitCodes.BadInput;
        }

        return await Store(platform, feed, path, console, cancel);
    }

    private static async Task<int> Store(Platform platform, Feed feed, string path, CommandConsole console, CancellationToken cancel)
    {
        var today = OperatingDay.Of(platform.Clock.GetCurrentInstant(), feed.Zone).Date;
        var content = feed.Accept(new Content(path, today));
        if (content.Days.Count == 0)
        {
            await console.Error.WriteLineAsync($"aurum: {path}: {feed.Id}: no rows; {content.Outcome}: {content.Why}");
            return content.Outcome.IsSettled() ? ExitCodes.Done : ExitCodes.Failed;
        }

        var code = ExitCodes.Done;
        var secrets = feed.EchoedSecrets(FeedFile.FromPath(path));
        foreach (var day in content.Days)
        {
            var fetch = new Fetch(feed.Id, day, Fetch.HandedOver, "/" + Path.GetFileName(path), Path.GetFileName(path), 0);
            await using var body = File.OpenRead(path);
            var answers = new Answers();
            answers.Add(await platform.Store.Archive.AddAsync(fetch, body, secrets, cancel));
            var report = platform.Ingest.Store(feed, feed.Day(day), answers);
            console.WriteLine(report.ToString());
            code = report.Outcome.IsSettled() ? code : ExitCodes.Failed;
        }

        return code;
    }

    /// <summary>What a file amounts to before it is stored.</summary>
    /// <param name="Days">Operating days that it has rows of; for a forecast that reaches beyond its day, the first one; today for
    /// rows that are not of a time.</param>
    /// <param name="Outcome">Outcome of reading it.</param>
    /// <param name="Why">A sentence; empty for plain data.</param>
    private sealed record FileContent(IReadOnlyList<LocalDate> Days, Outcome Outcome, string Why);

    private sealed class Content(string path, LocalDate today) : IFeedVisitor<FileContent>
    {
        public FileContent Visit<TRow>(Feed<TRow> feed)
            where TRow : struct
        {
            try
            {
                if (feed.Table is not { IntervalStart: { } start, IntervalEnd: { } end })
                {
                    var rows = new RowList<TRow>();
                    var listed = feed.Parse(FeedFile.FromPath(path), rows);
                    return new FileContent(rows.Rows.Count > 0 ? [today] : [], listed.Outcome, listed.Why);
                }

                var days = new DayCollector<TRow>(start, end, feed.Zone);
                var result = feed.Parse(FeedFile.FromPath(path), days);
                return new FileContent(feed.RowsLieInDay ? [.. days.Days] : [.. days.Days.Take(1)], result.Outcome, result.Why);
            }
            catch (FeedFormatException e)
            {
                return new FileContent([], Outcome.Malformed, e.Message);
            }
        }
    }
}
