using System.CommandLine;
using System.Text.Json;
using Aurum.App.Output;
using Aurum.Store.Lake;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary><c>aurum lake tables</c>, <c>snapshots</c> and <c>refs</c>.</summary>
internal static class LakeLists
{
    private static readonly IReadOnlyList<(string Name, bool IsNumber)> TableColumns =
    [
        ("table", false), ("rows", true), ("files", true), ("bytes", true), ("snapshots", true), ("snapshot_id", true),
        ("committed_at", false), ("metadata_location", false),
    ];

    private static readonly IReadOnlyList<(string Name, bool IsNumber)> SnapshotColumns =
    [
        ("snapshot_id", true), ("parent_id", true), ("committed_at", false), ("operation", false), ("rows", true),
        ("added_records", true), ("deleted_records", true), ("files", true), ("delete_files", true), ("delivery", true),
    ];

    private static readonly IReadOnlyList<(string Name, bool IsNumber)> RefColumns =
        [("name", false), ("type", false), ("snapshot_id", true), ("committed_at", false), ("rows", true)];

    public static Argument<string> TableArgument() => new("TABLE") { Description = "a table such as market.iso_lmp" };

    public static Argument<string?> OptionalTable() => new("TABLE")
    {
        Description = "a table such as market.iso_lmp (default: all)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The table of a name, or all of them.</summary>
    public static IReadOnlyList<LakeTable> Chosen(LakeCatalog lake, string? name) =>
        name is null ? lake.Tables() : [lake.Table(LakeName.Parse(name))];

    public static Command CreateTables(CommandConsole console, Option<string> data)
    {
        var format = FormatOption.Create();
        var stale = new Option<bool>("--no-sync") { Description = "do not write what is stored and not in the lake yet first" };
        var command = new Command("tables", "List the tables with rows, files and the location of their current metadata file.")
        {
            format, stale,
        };
        command.SetAction(parsed =>
        {
            var directory = parsed.GetRequiredValue(data);
            if (!parsed.GetValue(stale))
            {
                LakeSource.BringUpToDate(directory, console);
            }

            return LakeSource.Use(directory, console, (lake, _) => Print(
                [.. lake.Tables().Select(Row)], TableColumns, parsed.GetValue(format), console));
        });
        return command;
    }

    public static Command CreateSnapshots(CommandConsole console, Option<string> data)
    {
        var (table, format) = (TableArgument(), FormatOption.Create());
        var command = new Command("snapshots", "List the snapshots of a table, oldest first.") { table, format };
        command.SetAction(parsed => LakeSource.Use(parsed.GetRequiredValue(data), console, (lake, _) => Print(
            [.. lake.Table(LakeName.Parse(parsed.GetRequiredValue(table))).Metadata.Snapshots.Select(s => Cells(
                s.Id, s.ParentId, InstantPattern.ExtendedIso.Format(s.At), s.Operation, s.Rows, s.Total("added-records"),
                s.Total("deleted-records"), s.Total("total-data-files"), s.Total("total-delete-files"),
                s.Total(Store.Lake.Projection.LakeFollower.DeliveryProperty)))],
            SnapshotColumns,
            parsed.GetValue(format),
            console)));
        return command;
    }

    public static Command CreateRefs(CommandConsole console, Option<string> data)
    {
        var (table, format) = (TableArgument(), FormatOption.Create());
        var command = new Command("refs", "List the branches and tags of a table.") { table, format };
        command.SetAction(parsed => LakeSource.Use(parsed.GetRequiredValue(data), console, (lake, _) =>
        {
            var metadata = lake.Table(LakeName.Parse(parsed.GetRequiredValue(table))).Metadata;
            return Print(
                [
                    .. from r in metadata.Refs.OrderBy(r => r.Key, StringComparer.Ordinal)
                    let head = metadata.Head(r.Key)!
                    select Cells(
                        r.Key, r.Value.IsTag ? "tag" : "branch", head.Id, InstantPattern.ExtendedIso.Format(head.At), head.Rows),
                ],
                RefColumns,
                parsed.GetValue(format),
                console);
        }));
        return command;
    }

    private static JsonElement[] Row(LakeTable table)
    {
        var metadata = table.Metadata;
        var head = metadata.Current;
        return Cells(
            table.Name.ToString(),
            head?.Rows ?? 0,
            (head?.Total("total-data-files") ?? 0) + (head?.Total("total-delete-files") ?? 0),
            head?.Total("total-files-size") ?? 0,
            metadata.Snapshots.Count,
            head?.Id,
            head is null ? null : InstantPattern.ExtendedIso.Format(head.At),
            table.MetadataFile);
    }

    private static JsonElement[] Cells(params object?[] cells) => [.. cells.Select(c => JsonSerializer.SerializeToElement(c))];

    private static int Print(
        IReadOnlyList<JsonElement[]> rows, IReadOnlyList<(string Name, bool IsNumber)> columns, RowFormat? format, CommandConsole console)
    {
        AdminSource.Print(rows, columns, format ?? console.DefaultFormat, console);
        return ExitCodes.Done;
    }
}
