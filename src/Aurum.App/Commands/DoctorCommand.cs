using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Output;
using Aurum.App.Running;
using Aurum.Cluster;
using Aurum.Cluster.Vault;
using Aurum.Sources;
using Aurum.Store;
using Aurum.Store.Engines;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary><c>aurum doctor</c>: looks at what Aurum needs and says what to do about what is missing.</summary>
internal static class DoctorCommand
{
    private const long LeastFreeBytes = 2L << 30;
    private const int Width = 100;
    private const int CheckWidth = 16;
    private const int ResultWidth = 8;

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var command = new Command("doctor", "Check the machine, the data directory and the ports.");
        command.SetAction((parsed, cancel) => Run(parsed.GetRequiredValue(data), console, cancel));
        return command;
    }

    public static async Task<int> Run(string dataDirectory, CommandConsole console, CancellationToken cancel)
    {
        var options = Options(dataDirectory, console);
        var text = new StringBuilder($"{"check",-CheckWidth}{"result",-ResultWidth}found\n");
        var isWell = true;
        foreach (var (name, ok, found, advice) in Checks(options, console))
        {
            Append(text, name, ok ? "ok" : "FAILED", found);
            if (!ok)
            {
                Append(text, "", "", $"to do: {advice}");
            }

            isWell &= ok;
        }

        foreach (var finding in await EngineChecks.Run(options, console.Time, cancel))
        {
            Append(text, finding.Engine, ResultOf(finding.State), finding.What);
            if (finding.ToDo is { } advice)
            {
                Append(text, "", "", $"to do: {advice}");
            }

            isWell &= finding.State != EngineState.Failed;
        }

        if (EngineChecks.NotUsed(options) is { Count: > 0 } unused)
        {
            Append(text, "engines", "", $"not used: {string.Join(", ", unused)} (docs/configuration.md)");
        }

        console.Write(text.ToString());
        return isWell ? ExitCodes.Done : ExitCodes.Failed;
    }

    /// <summary>The settings; without those that are kept in Vault where it does not give them: the look at Vault says why.</summary>
    private static AurumOptions Options(string dataDirectory, CommandConsole console)
    {
        try
        {
            return OptionsReader.Read(dataDirectory, world: console.World);
        }
        catch (VaultException)
        {
            return OptionsReader.Read(dataDirectory, world: console.World with { AsksVault = false });
        }
    }

    private static string ResultOf(EngineState state) => state switch
    {
        EngineState.Well => "ok",
        EngineState.Warned => "warned",
        _ => "FAILED",
    };

    /// <summary>Adds a line, and further ones below where what was found is long.</summary>
    private static void Append(StringBuilder text, string name, string result, string found)
    {
        var lines = TextWrap.Lines(found, Width - CheckWidth - ResultWidth);
        for (var i = 0; i < lines.Count; i++)
        {
            text.Append($"{(i == 0 ? name : ""),-CheckWidth}{(i == 0 ? result : ""),-ResultWidth}{lines[i]}\n");
        }
    }

    private static IEnumerable<(string Name, bool Ok, string Found, string Advice)> Checks(AurumOptions options, CommandConsole console)
    {
        yield return (".NET", Environment.Version.Major >= 10, Environment.Version.ToString(), "install the .NET 10 runtime");
        yield return ("time zones", true, $"NodaTime tzdb {DateTimeZoneProviders.Tzdb.VersionId}", "");
        var folder = new DirectoryInfo(Path.GetFullPath(options.DataDirectory));
        yield return ("data directory", IsWritable(folder, out var why), folder.FullName, $"{why}; name another with --data DIR");
        yield return Store(options, console);
        var free = FreeBytes(folder);
        yield return (
            "disk space",
            free >= LeastFreeBytes,
            string.Create(CultureInfo.InvariantCulture, $"{free >> 20:N0} MiB free"),
            $"free at least {LeastFreeBytes >> 30} GiB, or use --data DIR on another disk");
        var holder = PortHolder.IsTaken(IPAddress.Parse(options.Bind), options.Port) ? PortHolder.Describe(options.Port) : null;
        yield return (
            "port", holder is null, $"{options.Bind}:{options.Port}", $"taken{holder}: stop that program, or 'aurum up --port N'");
        yield return ("nodes", true, Nodes(options), "");
        var missing = MissingSecrets(options, console);
        yield return ("credentials", true, missing.Count == 0 ? "all set" : $"not set: {string.Join(", ", missing)} (for --live)", "");
    }

    private static (string Name, bool Ok, string Found, string Advice) Store(AurumOptions options, CommandConsole console)
    {
        if (options.Postgres is { } postgres)
        {
            return ("store", true, $"in {postgres}", "");
        }

        if (!File.Exists(StoreOpening.FileOf(options.DataDirectory)))
        {
            return ("store", true, "nothing stored yet", "");
        }

        try
        {
            using var store = AurumStore.Open(
                new StoreOptions(options.DataDirectory) { MemoryLimitMiB = options.StoreMemoryMiB, Holder = "aurum doctor" },
                StoredFeeds.All,
                new ProviderClock(console.Time));
            return ("store", true, string.Create(CultureInfo.InvariantCulture, $"{store.Read.RowCounts().Values.Sum():N0} rows"), "");
        }
        catch (StoreLockedException e)
        {
            return ("store", true, $"in use by process {e.ProcessId} ({e.Holder})", "");
        }
        catch (Exception e) when (e is StoreException or EngineException)
        {
            return ("store", false, e.Message, "restore the data directory from its backup: docs/operations.md");
        }
    }

    /// <summary>Which places prices are asked for, where a publisher leaves the choice.</summary>
    private static string Nodes(AurumOptions options)
    {
        var named = AllNodes.Publishers.Except(options.AllNodes).ToList();
        return string.Join("; ", new[] { ("all", options.AllNodes), ("hubs, zones and named places", (IReadOnlyList<string>)named) }
            .Where(c => c.Item2.Count > 0).Select(c => $"{c.Item1} of {string.Join(", ", c.Item2)}"));
    }

    /// <summary>Environment variables of the secrets that publishers want and that are not there.</summary>
    private static List<string> MissingSecrets(AurumOptions options, CommandConsole console)
    {
        var secrets = Secrets.Load(options.SecretsFile, console.World.Variables);
        return [.. FeedCatalog.All.Select(feed => FeedsWithSecrets.MissingSecret(feed, secrets, console.Now)).OfType<string>()
            .Distinct().Select(Secrets.VariableOf)];
    }

    private static bool IsWritable(DirectoryInfo folder, out string why)
    {
        try
        {
            folder.Create();
            var probe = Path.Combine(folder.FullName, $".probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            why = "";
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = e.Message;
            return false;
        }
    }

    private static long FreeBytes(DirectoryInfo folder) =>
        new DriveInfo(folder.Exists ? folder.FullName : Path.GetPathRoot(folder.FullName)!).AvailableFreeSpace;
}
