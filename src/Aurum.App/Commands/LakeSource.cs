using System.Globalization;
using System.Text.Json;
using Aurum.App.Configuration;
using Aurum.App.Lake;
using Aurum.Store;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Projection;

namespace Aurum.App.Commands;

/// <summary>Opens the lake of a data directory for one command. Its files can be read and tended while a server writes them; only
/// following the store needs the store.</summary>
internal static class LakeSource
{
    private const string Holder = "aurum lake";

    /// <summary>Works on the lake alone.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static T Use<T>(string dataDirectory, CommandConsole console, Func<LakeCatalog, AurumOptions, T> work)
    {
        var options = OptionsReader.Read(dataDirectory);
        if (!LakeFolder.IsThere(options))
        {
            throw new CommandException(
                ExitCodes.Failed, $"{LakeFolder.Of(dataDirectory)}: there is no lake yet; 'aurum lake sync' writes what is stored to it");
        }

        using var lake = LakeFolder.Open(options, console.Time);
        return work(lake, options);
    }

    /// <summary>Works on the store and the lake.</summary>
    /// <exception cref="CommandException">Nothing is stored.</exception>
    /// <exception cref="StoreLockedException">A server has the store: it writes the lake.</exception>
    public static T Follow<T>(string dataDirectory, CommandConsole console, Func<LakeFollower, LakeCatalog, T> work)
    {
        if (!StoreOpening.IsThere(dataDirectory))
        {
            throw new CommandException(
                ExitCodes.Failed, $"{dataDirectory}: nothing is stored here yet; 'aurum up' or 'aurum fetch FEED' fills it");
        }

        var options = OptionsReader.Read(dataDirectory);
        using var store = StoreOpening.Open(
            options, new StoreOptions(dataDirectory) { MemoryLimitMiB = options.StoreMemoryMiB, Holder = Holder }, console.Time);
        using var lake = LakeFolder.Open(options, console.Time);
        return work(LakeFolder.Follow(store, lake, options.Lake), lake);
    }

    /// <summary>Says of each table that is behind the store how far it is; nothing where there is no lake.</summary>
    public static IReadOnlyList<string> Behind(string dataDirectory, AurumStore store, CommandConsole console)
    {
        var options = OptionsReader.Read(dataDirectory);
        if (!LakeFolder.IsThere(options))
        {
            return [];
        }

        using var lake = LakeFolder.Open(options, console.Time);
        return
        [
            .. LakeFolder.Follow(store, lake, options.Lake).Lags().Where(static l => l.Lag.Deliveries > 0)
                .Select(static l => Behind($"{l.Table}", l.Lag.Deliveries, $"{l.Lag.Since}")),
        ];
    }

    /// <summary>The same of a lag as <c>/v1/status</c> has it; null where there is none.</summary>
    public static string? Behind(JsonElement lag) => lag.GetProperty("deliveries").GetInt64() is > 0 and var deliveries
        ? Behind($"{lag.GetProperty("table")}", deliveries, $"{lag.GetProperty("since")}")
        : null;

    private static string Behind(string table, long deliveries, string since) => string.Create(
        CultureInfo.InvariantCulture, $"the lake's table {table} is {deliveries:N0} deliveries behind, since {since}");

    /// <summary>Brings the lake up to date before it is shown, where nobody else does: no server runs and the setting is on.</summary>
    public static void BringUpToDate(string dataDirectory, CommandConsole console)
    {
        if (!StoreOpening.IsThere(dataDirectory) || !OptionsReader.Read(dataDirectory).Lake.Enabled)
        {
            return;
        }

        try
        {
            Follow(dataDirectory, console, (follower, _) => follower.Sync(commit => Tell(commit, console)));
        }
        catch (StoreLockedException held)
        {
            console.Error.WriteLine($"aurum: {held.Holder} has the store and writes the lake: this is what it has written so far");
        }
    }

    /// <summary>A line for a commit.</summary>
    public static void Tell(LakeCommit commit, CommandConsole console) => console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{commit.Table}: {commit.Rows:N0} rows of {commit.Deliveries:N0} deliveries, through number {commit.Through}"));
}
