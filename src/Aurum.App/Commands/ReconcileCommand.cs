using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aurum.App.Output;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Reconciling;
using Aurum.Market.Feeds;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary><c>aurum reconcile</c>: rows that are stored beside events that are in Kafka, delivery by delivery.</summary>
internal static class ReconcileCommand
{
    /// <summary>Messages are looked for from so long before the window: their stamps have milliseconds.</summary>
    private static readonly Duration Before = Duration.FromMinutes(1);

    private static readonly (string Name, bool IsNumber)[] Columns =
    [
        ("topic", false), ("deliveries", true), ("rows", true), ("events", true), ("doubled", true), ("missing", true), ("surplus", true),
        ("foreign", true), ("", false),
    ];

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var topics = new Option<string[]>("--topic")
        {
            Description = "topic to look at, may be repeated (default: all that the deliveries have rows for)",
            HelpName = "TOPIC",
        };
        var hours = new Option<double>("--hours")
        {
            Description = "window: deliveries of the last so many hours", HelpName = "H", DefaultValueFactory = static _ => 24,
        };
        var maxDelta = new Option<long>("--max-delta")
        {
            Description = "rows and events that may be apart in each topic (default: 0)", HelpName = "N",
        };
        var whole = new Option<bool>("--from-beginning") { Description = "read topics from their oldest message, whatever its time" };
        var lake = new Option<bool>("--lake") { Description = "compare the lake's tables with what is stored too (no server may run)" };
        var format = FormatOption.Create();
        var command = new NotedCommand("reconcile", """
            Compare what is stored with what is in Kafka, delivery by delivery, and with the lake.

            Events carry the numbers of their delivery and row: each is counted once, however often it was sent, and only for the
            deliveries of the window. Rows that lack what their contract demands (a price that is unknown) have no event and are missing.

            Examples:
              aurum reconcile
              aurum reconcile --lake
              aurum reconcile --topic aurum.iso.pjm.lmp.v1 --hours 2 --max-delta 1000

            Exit code 0: no topic is apart by more than --max-delta. 1: it could not be found out. 2: a topic is.
            """) { topics, hours, maxDelta, whole, lake, format };
        command.SetAction((parsed, cancel) => Run(
            new ReconcileArguments(
                parsed.GetRequiredValue(data), parsed.GetValue(topics) ?? [], parsed.GetValue(hours), parsed.GetValue(maxDelta),
                parsed.GetValue(whole), parsed.GetValue(lake), parsed.GetValue(format) ?? console.DefaultFormat),
            console,
            cancel));
        return command;
    }

    internal static async Task<int> Run(ReconcileArguments arguments, CommandConsole console, CancellationToken cancel)
    {
        if (!(arguments.Hours is > 0 and <= 87_840) || arguments.MaxDelta < 0)
        {
            throw new CommandException(
                ExitCodes.BadInput, "--hours: expected more than 0, up to 87,840; --max-delta: expected 0 or more");
        }

        var options = KafkaCommand.Options(arguments.DataDirectory);
        var from = console.Now - Duration.FromSeconds(arguments.Hours * 3_600);
        var stored = await Stored(arguments, from, console, cancel);
        var balances = new List<TopicBalance>();
        try
        {
            var scan = new TopicScan(options, console.Time);
            foreach (var (topic, rows) in stored.OrderBy(static s => s.Key, StringComparer.Ordinal))
            {
                var content = await Task.Run(
                    () => scan.Count(options.TopicOf(topic), arguments.FromBeginning ? null : from - Before, cancel), cancel);
                balances.Add(TopicBalance.Of(topic, rows, content));
            }
        }
        catch (BrokerException e)
        {
            throw new CommandException(ExitCodes.Failed, e.Message);
        }

        if (arguments.Lake)
        {
            balances.AddRange(LakeSource.Follow(arguments.DataDirectory, console, static (follower, _) => follower.Verify().Select(
                static c => new TopicBalance($"lake {c.Table}", 0, c.StoreRows, c.LakeRows, 0, c.Missing, c.Unknown, 0)).ToList()));
        }

        Print(balances, arguments, console);
        return balances.Exists(b => b.Delta > arguments.MaxDelta) ? ExitCodes.BadInput : ExitCodes.Done;
    }

    /// <summary>Rows of the window's deliveries, by topic and delivery.</summary>
    private static async Task<Dictionary<string, Dictionary<long, long>>> Stored(
        ReconcileArguments arguments, Instant from, CommandConsole console, CancellationToken cancel)
    {
        var sql = $"""
            SELECT outbox_id, feed, table_name, rows_new + rows_changed AS rows FROM outbox
            WHERE known_at >= TIMESTAMPTZ '{InstantPattern.ExtendedIso.Format(from)}' AND rows_new + rows_changed > 0 ORDER BY outbox_id
            """;
        var topics = arguments.Topics.ToDictionary(static t => t, static _ => new Dictionary<long, long>());
        foreach (var (delivery, feed, table, rows) in await Deliveries(arguments.DataDirectory, sql, console, cancel))
        {
            foreach (var topic in DeliveryEvents.Follows(table) ? DeliveryEvents.TopicsOf(table, new FeedId(feed)) : [])
            {
                if (arguments.Topics.Count > 0 && !topics.ContainsKey(topic))
                {
                    continue;
                }

                topics.TryAdd(topic, []);
                topics[topic][delivery] = rows;
            }
        }

        return topics;
    }

    private static Task<List<(long Delivery, string Feed, string Table, long Rows)>> Deliveries(
        string dataDirectory, string sql, CommandConsole console, CancellationToken cancel) => SqlSource.Ask(
        dataDirectory,
        store =>
        {
            var found = new List<(long, string, string, long)>();
            using var rows = store.Read.Sql(sql, cancel: cancel);
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Count; i++)
                {
                    found.Add((rows.Whole(0, i), (string)rows.Value(1, i)!, (string)rows.Value(2, i)!, rows.Whole(3, i)));
                }
            }

            return found;
        },
        async server =>
        {
            using var http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(2) };
            using var answer = await RemoteSql.Ask(http, server, sql, 1_000_000, RowFormat.Json, cancel);
            using var document = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancel), cancellationToken: cancel);
            return document.RootElement.GetProperty("data").EnumerateArray().Select(static row => (
                row.GetProperty("outbox_id").GetInt64(), row.GetProperty("feed").GetString()!, row.GetProperty("table_name").GetString()!,
                row.GetProperty("rows").GetInt64())).ToList();
        },
        console,
        cancel);

    private static void Print(IReadOnlyList<TopicBalance> balances, ReconcileArguments arguments, CommandConsole console)
    {
        if (arguments.Format == RowFormat.Json)
        {
            console.WriteLine(JsonSerializer.Serialize(balances.Select(b => new
            {
                topic = b.Topic, deliveries = b.Deliveries, rows = b.Rows, events = b.Events, doubled = b.Doubled, missing = b.Missing,
                surplus = b.Surplus, foreign = b.Foreign, delta = b.Delta, is_balanced = b.Delta <= arguments.MaxDelta,
            })));
            return;
        }

        AdminSource.Print(
            [
                .. balances.Select(b => Cells(
                    b.Topic, b.Deliveries, b.Rows, b.Events, b.Doubled, b.Missing, b.Surplus, b.Foreign,
                    Judged(b, arguments.MaxDelta))),
            ],
            Columns,
            arguments.Format,
            console);
    }

    private static string Judged(TopicBalance balance, long maxDelta) => balance.Delta == 0
        ? "equal"
        : string.Create(CultureInfo.InvariantCulture, $"{(balance.Delta > maxDelta ? "DIFFERENT" : "near")}: {balance.Delta:N0}");

    private static JsonElement[] Cells(params object[] cells) => [.. cells.Select(static c => JsonSerializer.SerializeToElement(c))];
}

/// <param name="DataDirectory">Data directory.</param>
/// <param name="Topics">Topics to look at; empty: all.</param>
/// <param name="Hours">Length of the window.</param>
/// <param name="MaxDelta">Rows and events that may be apart.</param>
/// <param name="FromBeginning">Whether topics are read from their oldest message.</param>
/// <param name="Lake">Whether the lake's tables are compared too.</param>
/// <param name="Format">How the result is printed.</param>
internal sealed record ReconcileArguments(
    string DataDirectory, IReadOnlyList<string> Topics, double Hours, long MaxDelta, bool FromBeginning, bool Lake, RowFormat Format);
