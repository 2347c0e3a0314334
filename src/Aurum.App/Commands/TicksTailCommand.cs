using System.CommandLine;
using System.Globalization;
using System.Text;
using Aurum.App.Output;
using Aurum.App.Ticks.Following;
using Aurum.Market.Ticks;

namespace Aurum.App.Commands;

/// <summary><c>aurum ticks tail</c>: follows real-time prices and bars as a server commits them.</summary>
internal static class TicksTailCommand
{
    private const int FlushLetters = 1 << 16;

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var url = TickServer.CreateOption();
        var kind = new Option<string[]>("--kind")
        {
            Description = "kinds of events (default: tick); may be repeated",
            HelpName = string.Join('|', EventLines.Kinds),
        };
        kind.AcceptOnlyFromAmong([.. EventLines.Kinds]);
        var instrument = new Option<string[]>("--instrument") { Description = "only this one; may be repeated", HelpName = "ID" };
        var interval = new Option<string[]>("--interval") { Description = "only bars of this length", HelpName = "1m|5m|15m|1h|1d" };
        interval.AcceptOnlyFromAmong([.. BarIntervals.All.Select(i => i.Name())]);
        var tenant = new Option<string?>("--tenant") { Description = "only this tenant's", HelpName = "NAME" };
        var after = new Option<string?>("--after")
        {
            Description = "begin behind this event; 0.0: with all that is stored (default: with what comes)",
            HelpName = "ID",
        };
        var count = new Option<long?>("--count") { Description = "end after so many events", HelpName = "N" };
        var format = FormatOption.Create();
        var command = new NotedCommand("tail", """
            Follow real-time prices as they are committed.

            A connection that breaks off is made again behind the last event.

            Examples:
              aurum ticks tail --instrument CAISO.TH_NP15_GEN-APND.RT5
              aurum ticks tail --kind bar --interval 5m --format csv --after 0.0

            Exit code 0: ended with Ctrl+C, by --count or by its reader. 1: there is no server. 2: the server refuses.
            """) { url, kind, instrument, interval, tenant, after, count, format };
        command.SetAction((parsed, cancel) => Run(
            new TicksTailArguments(
                parsed.GetValue(url),
                parsed.GetRequiredValue(data),
                parsed.GetValue(kind) is { Length: > 0 } kinds ? kinds : parsed.GetValue(interval) is { Length: > 0 } ? ["bar"] : ["tick"],
                parsed.GetValue(instrument) ?? [],
                parsed.GetValue(interval) ?? [],
                parsed.GetValue(tenant),
                parsed.GetValue(after),
                parsed.GetValue(count),
                parsed.GetValue(format)),
            console,
            cancel));
        return command;
    }

    public static async Task<int> Run(TicksTailArguments arguments, CommandConsole console, CancellationToken cancel)
    {
        var format = arguments.Format ?? console.DefaultFormat;
        if (format == RowFormat.Csv && arguments.Kinds.Count > 1)
        {
            throw new CommandException(ExitCodes.BadInput, "--format csv: expected one --kind, as each has its own columns");
        }

        var server = await TickServer.Find(arguments.Url, arguments.DataDirectory, console, cancel);
        using var http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        var follower = new EventFollower(http, PathOf(arguments), console.Time, console.Note);
        var lines = new EventLines(format, arguments.Kinds[0]);
        var text = new StringBuilder();
        long events = 0;
        void Flush()
        {
            if (text.Length > 0)
            {
                console.Write(text.ToString());
                text.Clear();
            }
        }

        try
        {
            await foreach (var happened in follower.Follow(arguments.After, Flush, cancel))
            {
                lines.Add(text, happened);
                if (++events == arguments.Count)
                {
                    break;
                }

                if (text.Length >= FlushLetters)
                {
                    Flush();
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Ended as asked.
        }

        Flush();
        console.Note(string.Create(CultureInfo.InvariantCulture, $"{events} events")
            + (follower.LastId is { } last ? $"; --after {last} goes on behind them" : ""));
        return ExitCodes.Done;
    }

    private static string PathOf(TicksTailArguments arguments)
    {
        IEnumerable<(string Name, string Value)> query =
        [
            .. arguments.Kinds.Select(k => ("kind", k)),
            .. arguments.Instruments.Select(i => ("instrument", i)),
            .. arguments.Intervals.Select(i => ("interval", i)),
        ];
        if (arguments.Tenant is { } tenant)
        {
            query = query.Append(("tenant", tenant));
        }

        return "/v1/ticks/stream?" + string.Join('&', query.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
    }
}

internal sealed record TicksTailArguments(
    string? Url,
    string DataDirectory,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string> Instruments,
    IReadOnlyList<string> Intervals,
    string? Tenant,
    string? After,
    long? Count,
    RowFormat? Format);
