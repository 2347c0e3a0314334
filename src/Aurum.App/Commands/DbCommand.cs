using System.CommandLine;
using System.Globalization;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.Cluster.Postgres;
using Aurum.Store;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary><c>aurum db</c>: the form of the store's tables.</summary>
internal static class DbCommand
{
    public static Command Create(CommandConsole console, Option<string> data) => new NotedCommand("db", """
        The form of the store's tables: how it stands, and bringing it to that of this program.

        The file in the data directory is brought to the present form whenever it is opened. A PostgreSQL database (docs/engines/postgres.md)
        is, too, unless Postgres:MigratesAtOpen is false: then 'migrate' does it, as the role of Postgres:OwnerDsn. Steps go forward only.

        Examples:
          aurum db status
          AURUM_APP_DB_DSN=postgresql://aurum@db/aurum aurum db migrate

        Exit code 0: the form is the present one. 1: it is not, or the database was not reached.
        """) { CreateStatus(console, data), CreateMigrate(console, data) };

    private static Command CreateStatus(CommandConsole console, Option<string> data)
    {
        var command = new Command("status", "Show which steps were done, and which are to be done.");
        command.SetAction((parsed, _) =>
        {
            var options = OptionsReader.Read(parsed.GetRequiredValue(data));
            return Task.FromResult(options.Postgres is { } postgres ? Status(postgres, console) : FileStatus(options, console));
        });
        return command;
    }

    private static Command CreateMigrate(CommandConsole console, Option<string> data)
    {
        var command = new Command("migrate", "Do the steps that are to be done. Doing it again does nothing.");
        command.SetAction((parsed, _) =>
        {
            var options = OptionsReader.Read(parsed.GetRequiredValue(data));
            if (options.Postgres is { } postgres)
            {
                var done = PostgresStore.Migrate(postgres, new ProviderClock(console.Time), console.Time);
                console.WriteLine(done.Count == 0
                    ? $"{postgres}: in the present form"
                    : $"{postgres}: done {string.Join(", ", done.Select(static d => $"'{d}'"))}");
                return Task.FromResult(ExitCodes.Done);
            }

            using (AurumStore.Open(StoreOptionsOf(options), StoredFeeds.All, new ProviderClock(console.Time)))
            {
            }

            return Task.FromResult(FileStatus(options, console));
        });
        return command;
    }

    private static int Status(PostgresOptions postgres, CommandConsole console)
    {
        console.WriteLine($"{postgres}");
        var steps = PostgresStore.Status(postgres, console.Time);
        foreach (var step in steps)
        {
            var at = step.AppliedAt is { } applied ? InstantPattern.General.Format(applied) : "-";
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {step.Id,-24}{Word(step.State),-32}{at}"));
        }

        return steps.All(static s => s.State == MigrationState.Done) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static int FileStatus(AurumOptions options, CommandConsole console)
    {
        var file = StoreOpening.FileOf(options.DataDirectory);
        if (!File.Exists(file))
        {
            console.WriteLine($"{file}: not there yet; 'aurum up' or 'aurum fetch FEED' makes it");
            return ExitCodes.Done;
        }

        var (found, known) = AurumStore.FormOf(StoreOptionsOf(options));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: version {found}, this program makes version {known}"));
        return found == known ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static StoreOptions StoreOptionsOf(AurumOptions options) =>
        new(options.DataDirectory) { MemoryLimitMiB = options.StoreMemoryMiB, Holder = "aurum db" };

    private static string Word(MigrationState state) => state switch
    {
        MigrationState.Done => "done",
        MigrationState.Pending => "to be done",
        MigrationState.Differs => "done with another text",
        _ => "of a newer program",
    };
}
