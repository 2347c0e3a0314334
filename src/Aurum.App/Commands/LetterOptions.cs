using System.CommandLine;
using Aurum.App.Ticks.Letters;
using Aurum.Market.Ticks;
using ParseResult = System.CommandLine.ParseResult;

namespace Aurum.App.Commands;

/// <summary>The options that choose dead letters, and where they are.</summary>
internal sealed class LetterOptions
{
    private readonly Option<string?> _url = TickServer.CreateOption();
    private readonly Option<string?> _reason = new("--reason") { Description = "only of this reason", HelpName = "REASON" };
    private readonly Option<string?> _stream = new("--stream") { Description = "only of this stream", HelpName = "NAME" };
    private readonly Option<string?> _tenant = new("--tenant") { Description = "only this tenant's", HelpName = "NAME" };
    private readonly Option<string?> _since = new("--since") { Description = "only those received then or later", HelpName = "TIME" };

    public LetterOptions() => _reason.AcceptOnlyFromAmong([.. Enum.GetNames<DeadLetterReason>()]);

    public void AddTo(Command command)
    {
        AddPlaceTo(command);
        foreach (var option in (Option[])[_reason, _stream, _tenant, _since])
        {
            command.Add(option);
        }
    }

    /// <summary>Only where they are.</summary>
    public void AddPlaceTo(Command command) => command.Add(_url);

    public LetterFilter FilterOf(ParseResult parsed) => new()
    {
        Reason = parsed.GetValue(_reason),
        Stream = parsed.GetValue(_stream),
        Tenant = parsed.GetValue(_tenant),
        Since = parsed.GetValue(_since),
    };

    /// <summary>The letters of the server that is named, or has the directory open, or of the directory itself.</summary>
    /// <exception cref="CommandException">Nothing is there.</exception>
    public async Task<ILetterDesk> Open(ParseResult parsed, string dataDirectory, CommandConsole console, CancellationToken cancel)
    {
        if (parsed.GetValue(_url) is { } url)
        {
            return new RemoteLetters(await TickServer.Find(url, dataDirectory, console, cancel));
        }

        if (!StoreOpening.IsThere(dataDirectory))
        {
            throw new CommandException(
                ExitCodes.Failed, $"{dataDirectory}: nothing is stored here yet; 'aurum ticks send' or 'aurum ticks replay' fills it");
        }

        return await TickServer.Try(dataDirectory, console, cancel) is { } server
            ? new RemoteLetters(server)
            : new LocalLetters(DataOption.Open(dataDirectory, console, "aurum ticks"));
    }
}
