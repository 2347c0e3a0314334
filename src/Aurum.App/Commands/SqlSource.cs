using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Output;
using Aurum.Store;

namespace Aurum.App.Commands;

/// <summary>Asks a query of a data directory: directly, or through the server that has it open.</summary>
internal static class SqlSource
{
    private const string QueryHolder = "aurum sql";

    /// <summary>How often a directory that is held for a moment is looked at: ten seconds in all.</summary>
    private const int MaxAttempts = 100;

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);

    /// <summary>Prints the rows of a query.</summary>
    /// <exception cref="CommandException">Nothing is there, the query is refused, or the holder answers no queries.</exception>
    public static Task<bool> Print(
        string dataDirectory, string sql, int maxRows, RowFormat format, CommandConsole console, CancellationToken cancel) => Ask(
        dataDirectory,
        store =>
        {
            try
            {
                using var rows = store.Read.Sql(sql, maxRows, cancel);
                ResultPrinter.Print(rows, console.Out, format);
                return true;
            }
            catch (ArgumentException refused)
            {
                throw new CommandException(ExitCodes.BadInput, refused.Message);
            }
        },
        async server =>
        {
            await RemoteSql.Print(server, sql, maxRows, format, console, cancel);
            return true;
        },
        console,
        cancel);

    /// <summary>Asks the store of a data directory, or the server that has it open.</summary>
    /// <param name="dataDirectory">Data directory.</param>
    /// <param name="direct">Asks the store, where nobody has it open.</param>
    /// <param name="through">Asks the server that has it.</param>
    /// <param name="console">The clock of the waiting for another query.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="CommandException">Nothing is there.</exception>
    public static async Task<T> Ask<T>(
        string dataDirectory, Func<AurumStore, T> direct, Func<Uri, Task<T>> through, CommandConsole console, CancellationToken cancel)
    {
        if (!StoreOpening.IsThere(dataDirectory))
        {
            throw new CommandException(
                ExitCodes.Failed, $"{dataDirectory}: nothing is stored here yet; 'aurum up' or 'aurum fetch FEED' fills it");
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var store = Open(dataDirectory, console);
                return direct(store);
            }
            catch (StoreLockedException held) when (Uri.TryCreate(held.Holder, UriKind.Absolute, out var server))
            {
                return await through(server);
            }
            catch (StoreLockedException held) when (IsSoonFree(held) && attempt < MaxAttempts)
            {
                await Task.Delay(BetweenAttempts, console.Time, cancel);
            }
        }
    }

    /// <summary>Another query, or a server that is about to say its address.</summary>
    private static bool IsSoonFree(StoreLockedException held) => held.Holder is QueryHolder or UpCommand.StartingHolder or "";

    private static AurumStore Open(string dataDirectory, CommandConsole console)
    {
        var options = OptionsReader.Read(dataDirectory);
        return StoreOpening.Open(
            options,
            new StoreOptions(dataDirectory) { MemoryLimitMiB = options.StoreMemoryMiB, Holder = QueryHolder },
            StoredFeeds.All,
            new Running.ProviderClock(console.Time),
            console.Time);
    }
}
