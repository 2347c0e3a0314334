using System.CommandLine;
using System.Globalization;
using Aurum.App.Output;
using Aurum.App.Ticks.Sending;

namespace Aurum.App.Commands;

/// <summary><c>aurum ticks send</c>: messages to a running server.</summary>
internal static class TicksSendCommand
{
    private const int MostLettersShown = 10;

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var files = new Argument<string[]>("files")
        {
            Description = "files of messages; - reads standard input",
            HelpName = "FILE",
            Arity = ArgumentArity.OneOrMore,
        };
        var url = TickServer.CreateOption();
        var input = TickInput.CreateOption();
        var market = TickInput.CreateMarketOption();
        var tenant = new Option<string>("--tenant")
        {
            Description = "tenant of messages that name none",
            HelpName = "NAME",
            DefaultValueFactory = static _ => "default",
        };
        var rate = new Option<double>("--rate") { Description = "messages a second (default: as fast as they are taken)", HelpName = "N" };
        var batch = new Option<int>("--batch")
        {
            Description = $"most messages a request, 1 to {TickSendOptions.MostBatchMessages}",
            HelpName = "N",
            DefaultValueFactory = static _ => 5_000,
        };
        var packs = new Option<bool>("--gzip") { Description = "pack requests" };
        var command = new NotedCommand("send", """
            Send real-time prices to a running server.

            A request is acknowledged when its messages are on disk. It has a key of its content, so that sending a file again, or the rest
            of it after a break, takes nothing in twice. Where the server is busy or away it is tried again with growing waits.

            Examples:
              aurum ticks send ticks.json
              aurum ticks send day1.csv day2.csv --market NYISO --gzip --url http://prices:8095
              aurum ticks generate --live | aurum ticks send -

            Exit code 0: all are acknowledged (dead letters among them are counted and shown). 1: the server did not take them.
            2: it refuses them, or a file is not there.
            """) { files, url, input, market, tenant, rate, batch, packs };
        command.SetAction((parsed, cancel) => Run(
            new TicksSendArguments(
                parsed.GetRequiredValue(files),
                parsed.GetValue(url),
                parsed.GetRequiredValue(data),
                parsed.GetValue(input),
                parsed.GetRequiredValue(market),
                parsed.GetRequiredValue(tenant),
                parsed.GetValue(rate),
                parsed.GetValue(batch),
                parsed.GetValue(packs)),
            console,
            cancel));
        return command;
    }

    public static async Task<int> Run(TicksSendArguments arguments, CommandConsole console, CancellationToken cancel)
    {
        Check(arguments);
        var server = await TickServer.Find(arguments.Url, arguments.DataDirectory, console, cancel);
        using var http = new HttpClient { BaseAddress = server };
        var sum = default(SentCounts);
        var shown = 0;
        var started = console.Time.GetTimestamp();
        try
        {
            foreach (var file in arguments.Files)
            {
                var options = OptionsOf(arguments, file);
                var post = new TickPost(http, options, console.Time, console.Note);
                var sender = new TickSender(post, options, console.Time);
                try
                {
                    await SendAsync(sender, file, console, letters => shown = Show(file, letters, shown, console), cancel);
                }
                finally
                {
                    sum = sum.Plus(sender.Counts);
                }
            }
        }
        finally
        {
            Tell(sum, shown, console.Time.GetElapsedTime(started), console);
        }

        return ExitCodes.Done;
    }

    private static async Task SendAsync(
        TickSender sender, string file, CommandConsole console, Action<IReadOnlyList<SentLetter>> show, CancellationToken cancel)
    {
        if (file == TickInput.StandardInput)
        {
            await sender.SendAsync(console.In, "standard input", isSlow: true, (_, letters) => show(letters), cancel);
            return;
        }

        await using var stream = File.OpenRead(file);
        using var progress = new ProgressLine(console, "bytes", stream.Length);
        long done = 0;
        await sender.SendAsync(
            stream,
            file,
            isSlow: false,
            (bytes, letters) =>
            {
                show(letters);
                progress.Step(bytes - done, Path.GetFileName(file));
                done = bytes;
            },
            cancel);
    }

    private static int Show(string file, IReadOnlyList<SentLetter> letters, int shown, CommandConsole console)
    {
        foreach (var letter in letters.Take(MostLettersShown - shown))
        {
            var name = TickInput.NameOf(file);
            console.Note(string.Create(CultureInfo.InvariantCulture, $"{name}: byte {letter.Position}: {letter.Text}"));
            shown++;
        }

        return shown;
    }

    private static void Tell(SentCounts sum, int shown, TimeSpan elapsed, CommandConsole console)
    {
        if (sum.DeadLettered > shown)
        {
            console.Note(string.Create(
                CultureInfo.InvariantCulture, $"... {sum.DeadLettered - shown} more dead letters: 'aurum ticks dlq' lists them"));
        }

        console.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{sum.Received} messages = {sum.Accepted} accepted + {sum.Duplicate} duplicate + {sum.LateAmended} late + "
            + $"{sum.DeadLettered} dead letters{(sum.Published > 0 ? $" + {sum.Published} published to Kafka for workers" : "")}"));
        var perSecond = elapsed > TimeSpan.Zero ? sum.Received / elapsed.TotalSeconds : 0;
        var repeated = sum.Repeated > 0 ? $"; {sum.Repeated} of them had been sent before" : "";
        console.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{sum.Requests} requests in {elapsed.TotalSeconds:0.0} s, {perSecond:0} messages/s{repeated}"));
    }

    private static TickSendOptions OptionsOf(TicksSendArguments arguments, string file) =>
        new(TickInput.FormatOf(file, arguments.Input), arguments.Market)
        {
            Tenant = arguments.Tenant,
            BatchMessages = arguments.BatchMessages,
            RatePerSecond = arguments.RatePerSecond,
            Packs = arguments.Packs,
        };

    private static void Check(TicksSendArguments arguments)
    {
        if (arguments.BatchMessages is < 1 or > TickSendOptions.MostBatchMessages)
        {
            throw new CommandException(
                ExitCodes.BadInput, $"--batch: expected 1 to {TickSendOptions.MostBatchMessages}, found {arguments.BatchMessages}");
        }

        if (!(arguments.RatePerSecond is 0 or (>= 0.01 and <= 1e9)))
        {
            throw new CommandException(ExitCodes.BadInput, $"--rate: expected 0.01 to 1000000000, found {arguments.RatePerSecond}");
        }

        var missing = arguments.Files.FirstOrDefault(static f => f != TickInput.StandardInput && !File.Exists(f));
        if (missing is not null)
        {
            throw new CommandException(ExitCodes.BadInput, $"{missing}: there is no such file");
        }
    }
}

internal sealed record TicksSendArguments(
    IReadOnlyList<string> Files,
    string? Url,
    string DataDirectory,
    string? Input,
    string Market,
    string Tenant,
    double RatePerSecond,
    int BatchMessages,
    bool Packs);
