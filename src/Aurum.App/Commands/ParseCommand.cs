using System.CommandLine;
using System.Text.Json.Nodes;
using Aurum.App.Output;
using Aurum.Market.Feeds;
using Aurum.Sources;
using NodaTime;
using ParseResult = Aurum.Market.Feeds.ParseResult;

namespace Aurum.App.Commands;

/// <summary><c>aurum parse FILE</c>: what is in a publisher's file, as canonical rows or as a summary. Touches no store.</summary>
internal static class ParseCommand
{
    public static Command Create(CommandConsole console)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "a file as a publisher sent it: CSV, XML, JSON, zip or gzip; or a vendor's workbook (.xlsx)",
        };
        var feed = new Option<string?>("--feed")
        {
            Description = "feed id, or vendor of a workbook, where it should not be found from name and content",
        };
        var format = FormatOption.Create();
        var summary = new Option<bool>("--summary")
        {
            Description = "print one JSON object instead: feed, outcome, rows, first and last interval, locations, messages",
        };
        var day = new Option<string?>("--day")
        {
            Description = "operating day to take out of a file that holds several, or as-of date of a workbook that gives none, YYYY-MM-DD",
        };
        var command = new Command("parse", "Print the rows of a publisher's file or a vendor's workbook.")
        {
            file, feed, format, summary, day,
        };
        command.SetAction(parsed => Run(
            new ParseArguments(
                parsed.GetRequiredValue(file),
                parsed.GetValue(feed),
                parsed.GetValue(format),
                parsed.GetValue(summary),
                parsed.GetValue(day)),
            console));
        return command;
    }

    public static int Run(ParseArguments arguments, CommandConsole console)
    {
        if (!File.Exists(arguments.File))
        {
            throw new CommandException(ExitCodes.BadInput, $"{arguments.File}: there is no such file");
        }

        if (ParsedWorkbook.IsOne(arguments))
        {
            return ParsedWorkbook.Print(arguments, console);
        }

        var found = Find(arguments);
        var day = arguments.Day is null ? null : (Market.Time.OperatingDay?)found.Day(Dates.Parse(arguments.Day, "--day"));
        var file = FeedFile.FromPath(arguments.File, day);
        var reading = found.Accept(new Reading(file, arguments, console));
        if (arguments.Summary)
        {
            console.WriteLine(reading.ToJson(found).ToJsonString(JsonText.Indented));
        }
        else
        {
            foreach (var message in reading.Messages)
            {
                console.Error.WriteLine($"aurum: {message}");
            }
        }

        return reading.Result.Outcome.IsSettled() ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static Feed Find(ParseArguments arguments)
    {
        if (arguments.Feed is { } id)
        {
            return Feeds.Named(id);
        }

        var detection = FeedDetection.Detect(arguments.File);
        return detection.Feed ?? throw new CommandException(
            ExitCodes.BadInput,
            $"{arguments.File}: no feed reads this file; {detection.LooksLike}. --feed ID names one, 'aurum feeds' lists them");
    }

    /// <summary>What was read, in the terms of the summary.</summary>
    private sealed record Read(ParseResult Result, long Rows, long? FirstStart, long? LastEnd, int Locations)
    {
        public IEnumerable<string> Messages =>
            Result.Why.Length > 0 ? Result.Notes.Prepend($"{Result.Outcome}: {Result.Why}") : Result.Notes;

        public JsonObject ToJson(Feed feed) => new()
        {
            ["feed"] = feed.Id.Text,
            ["outcome"] = Result.Outcome.ToString(),
            ["rows"] = Rows,
            ["first_start_utc"] = Stamp(FirstStart),
            ["last_end_utc"] = Stamp(LastEnd),
            ["locations"] = Locations,
            ["messages"] = new JsonArray([.. Messages.Select(m => JsonValue.Create(m))]),
        };

        private static JsonNode? Stamp(long? seconds) =>
            seconds is { } s ? JsonValue.Create(Instant.FromUnixTimeSeconds(s).ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", null)) : null;
    }

    private sealed class Reading(FeedFile file, ParseArguments arguments, CommandConsole console) : IFeedVisitor<Read>
    {
        public Read Visit<TRow>(Feed<TRow> feed)
            where TRow : struct
        {
            var count = new RowSummary<TRow>(feed.Table);
            try
            {
                var result = arguments.Summary ? feed.Parse(file, count) : Print(feed, count);
                return new Read(result, count.Rows, count.FirstStart, count.LastEnd, count.Places);
            }
            catch (FeedFormatException e)
            {
                return new Read(new ParseResult(Outcome.Malformed, e.Message, []), 0, null, null, 0);
            }
        }

        private ParseResult Print<TRow>(Feed<TRow> feed, RowSummary<TRow> count)
            where TRow : struct
        {
            switch (arguments.Format ?? console.DefaultFormat)
            {
                case RowFormat.Table:
                    var table = new RowTableView<TRow>(feed.Table, feed, RowTableView<TRow>.DefaultRows);
                    var read = feed.Parse(file, new RowTee<TRow>(table, count));
                    console.Write(table.ToString());
                    return read;
                case var format:
                    using (var printer = new RowPrinter<TRow>(feed.Table, feed, console.Out, format))
                    {
                        var result = feed.Parse(file, new RowTee<TRow>(printer, count));
                        printer.Complete();
                        return result;
                    }
            }
        }
    }
}

internal sealed record ParseArguments(string File, string? Feed, RowFormat? Format, bool Summary, string? Day);
