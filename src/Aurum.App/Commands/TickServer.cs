using System.CommandLine;

namespace Aurum.App.Commands;

/// <summary>Finds the server that takes and gives ticks: the one that <c>--url</c> names, or that has the data directory open.</summary>
internal static class TickServer
{
    public static Option<string?> CreateOption() => new("--url")
    {
        Description = "server to ask (default: the one that has the folder of --data open)",
        HelpName = "URL",
    };

    /// <exception cref="CommandException">No server has the directory, or the address is none.</exception>
    public static async Task<Uri> Find(string? url, string dataDirectory, CommandConsole console, CancellationToken cancel)
    {
        if (url is not null)
        {
            return Uri.TryCreate(url, UriKind.Absolute, out var named) && named.Scheme is "http" or "https"
                ? named
                : throw new CommandException(
                    ExitCodes.BadInput, $"--url: expected an address such as http://127.0.0.1:8095, found '{url}'");
        }

        return await Try(dataDirectory, console, cancel) ?? throw new CommandException(
            ExitCodes.Failed,
            $"{dataDirectory}: no server has it open. 'aurum serve' or 'aurum up' starts one, --url URL names one elsewhere, "
            + "'aurum ticks replay FILE' works without");
    }

    /// <returns>The server that has the data directory open; null where none has.</returns>
    public static async Task<Uri?> Try(string dataDirectory, CommandConsole console, CancellationToken cancel) =>
        StoreOpening.IsThere(dataDirectory)
            ? await SqlSource.Ask<Uri?>(dataDirectory, static _ => null, static server => Task.FromResult<Uri?>(server), console, cancel)
            : null;
}
