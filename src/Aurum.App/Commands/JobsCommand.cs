using System.CommandLine;
using Aurum.App.Api.Resources;
using Aurum.App.Output;
using Aurum.App.Running;
using Aurum.Store;
using Aurum.Store.Jobs;

namespace Aurum.App.Commands;

/// <summary><c>aurum jobs</c>: the backfill jobs and how far they are; <c>show</c>, <c>pause</c>, <c>resume</c> and <c>cancel</c> one.
/// Goes through the running server where one has the data directory open.</summary>
internal static class JobsCommand
{
    private const int MaxRows = 1_000_000;

    private const string All = """
        select job_id as job, state, priority, feeds, first_day as "from", last_day as "to", days, days_there, days_missing,
          rows_stored as rows, requests, round(minutes, 1) as minutes, bytes, date_trunc('second', changed_at) as changed_utc, why
        from backfill_progress order by created_at, job_id
        """;

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var format = FormatOption.Create();
        var command = new Command("jobs", "List the backfill jobs and how far they are.") { format };
        command.SetAction(async (parsed, cancel) =>
        {
            await SqlSource.Print(
                parsed.GetRequiredValue(data), All, MaxRows, parsed.GetValue(format) ?? console.DefaultFormat, console, cancel);
            return ExitCodes.Done;
        });
        command.Add(CreateShow(console, data));
        command.Add(CreateChange(console, data, "pause", "Stop a job until it is resumed.", JobState.Paused));
        command.Add(CreateChange(
            console, data, "resume", "Go on with a job that was paused, cancelled, or left days missing.", JobState.Queued));
        command.Add(CreateChange(console, data, "cancel", "End a job; what it has stored stays.", JobState.Cancelled));
        return command;
    }

    private static Argument<string> IdArgument() => new("ID") { Description = "id of the job, or its beginning" };

    private static Command CreateShow(CommandConsole console, Option<string> data)
    {
        var id = IdArgument();
        var chunks = new Option<bool>("--chunks") { Description = "by feed and month instead of by feed" };
        var format = FormatOption.Create();
        var command = new Command("show", "Show how far a job is, feed by feed.") { id, chunks, format };
        command.SetAction((parsed, cancel) => Show(
            parsed.GetRequiredValue(data),
            parsed.GetRequiredValue(id),
            parsed.GetValue(chunks),
            parsed.GetValue(format) ?? console.DefaultFormat,
            console,
            cancel));
        return command;
    }

    private static Command CreateChange(CommandConsole console, Option<string> data, string verb, string description, JobState to)
    {
        var id = IdArgument();
        var command = new Command(verb, description) { id };
        command.SetAction(async (parsed, cancel) =>
        {
            var name = parsed.GetRequiredValue(id);
            var job = await SqlSource.Ask(
                parsed.GetRequiredValue(data),
                store => Changed(store, name, to, console),
                server => ToldJob.Ask(server, name, verb, cancel),
                console,
                cancel);
            console.WriteLine(job.Text);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<int> Show(
        string dataDirectory, string id, bool byChunk, RowFormat format, CommandConsole console, CancellationToken cancel)
    {
        var job = await SqlSource.Ask(
            dataDirectory,
            store => Told(store.Jobs, JobChanges.Find(store.Jobs, id)),
            server => ToldJob.Ask(server, id, null, cancel),
            console,
            cancel);
        await console.Error.WriteLineAsync($"aurum: {job.Text}");
        foreach (var warning in job.Warnings)
        {
            await console.Error.WriteLineAsync($"aurum: warning: {warning}");
        }

        await SqlSource.Print(dataDirectory, Parts(job.Id, byChunk), MaxRows, format, console, cancel);
        return ExitCodes.Done;
    }

    /// <summary>The id is one that the store gave: hexadecimal digits.</summary>
    private static string Parts(string id, bool byChunk) => byChunk
        ? $"""
            select feed, first_day as "from", last_day as "to", state, days, days_there, days_missing, rows_stored as rows,
              chunk_id as chunk, drops_at as drops_utc
            from backfill_chunk_progress where job_id = '{id}' order by feed, first_day
            """
        : $"""
            select feed, first_day as "from", last_day as "to", days, days_there, days_missing, through_day as watermark,
              rows_stored as rows
            from backfill_feed_progress where job_id = '{id}' order by feed
            """;

    private static ToldJob Changed(AurumStore store, string id, JobState to, CommandConsole console)
    {
        var job = to == JobState.Queued
            ? JobChanges.Resume(store.Jobs, id, console.Now)
            : JobChanges.Halt(store.Jobs, id, to, console.Now);
        var told = Told(store.Jobs, job);
        return to == JobState.Queued ? told with { Text = told.Text + "; the next 'aurum up' runs it, and so does the same order" } : told;
    }

    private static ToldJob Told(JobBook book, JobRecord job) =>
        new(job.Id, JobShape.Sentence(job, book.Progress(job.Id)), job.Warnings);
}
