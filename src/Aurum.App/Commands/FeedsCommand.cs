using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Aurum.App.Output;
using Aurum.Market.Feeds;
using Aurum.Sources;

namespace Aurum.App.Commands;

/// <summary><c>aurum feeds</c>: what Aurum can read, with the source of each. Touches no store.</summary>
internal static class FeedsCommand
{
    public static Command Create(CommandConsole console)
    {
        var format = FormatOption.Create();
        var command = new Command("feeds", "List the feeds that Aurum knows.") { format };
        command.SetAction(parsed => Run(parsed.GetValue(format) ?? console.DefaultFormat, console));
        return command;
    }

    public static int Run(RowFormat format, CommandConsole console)
    {
        console.Write(format switch
        {
            RowFormat.Csv => Csv(),
            RowFormat.Json => new JsonArray([.. FeedCatalog.All.Select(Json)]).ToJsonString(JsonText.Indented) + "\n",
            _ => Table(),
        });
        return ExitCodes.Done;
    }

    private static string Csv()
    {
        var text = new StringBuilder("feed,title,table,zone,source\n");
        foreach (var feed in FeedCatalog.All)
        {
            var cells = new[] { feed.Id.Text, feed.Title, feed.TableName, feed.Zone.Id, feed.Facts.Source };
            text.AppendJoin(',', cells.Select(CellText.Csv)).Append('\n');
        }

        return text.ToString();
    }

    private static string Table()
    {
        var table = new TextTable([("feed", false), ("title", false), ("table", false)]);
        foreach (var feed in FeedCatalog.All)
        {
            table.Add(feed.Id.Text, feed.Title, feed.TableName);
        }

        return table.ToString();
    }

    private static JsonObject Json(Feed feed) => new()
    {
        ["feed"] = feed.Id.Text,
        ["title"] = feed.Title,
        ["table"] = feed.TableName,
        ["zone"] = feed.Zone.Id,
        ["source"] = feed.Facts.Source,
        ["shape"] = feed.Facts.Shape,
        ["units"] = feed.Facts.Units,
        ["time"] = feed.Facts.Time,
        ["revisions"] = feed.Facts.Revisions,
    };
}
