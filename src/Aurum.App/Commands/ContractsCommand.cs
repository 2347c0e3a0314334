using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aurum.App.Configuration;
using Aurum.App.Output;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Registry;
using Aurum.Store.Avro;

namespace Aurum.App.Commands;

/// <summary><c>aurum contracts</c>: what events look like, and whether the registry goes along.</summary>
internal static class ContractsCommand
{
    private static readonly (string Name, bool IsNumber)[] ListColumns =
    [
        ("topic", false), ("contract", false), ("subject", false), ("key", false), ("fields", true), ("origin", false),
        ("fingerprint", false),
    ];

    private static readonly (string Name, bool IsNumber)[] FieldColumns =
        [("field", false), ("type", false), ("nullable", false), ("default", false), ("what", false)];

    private static readonly (string Name, bool IsNumber)[] CheckColumns =
        [("subject", false), ("state", false), ("id", true), ("version", true), ("breaks", false)];

    public static Command Create(CommandConsole console, Option<string> data) => new(
        "contracts", "Events that are sent to Kafka: topics, schemas, keys. docs/contracts.md explains each.")
    {
        CreateList(console),
        CreateShow(console),
        CreateCheck(console, data),
        CreateRegister(console, data),
    };

    private static Command CreateList(CommandConsole console)
    {
        var format = FormatOption.Create();
        var command = new Command("list", "List topics with their contract, subject and key.") { format };
        command.SetAction(parsed =>
        {
            AdminSource.Print(
                [.. EventTopics.All.Select(Row)], ListColumns, parsed.GetValue(format) ?? console.DefaultFormat, console);
            return ExitCodes.Done;
        });
        return command;

        static JsonElement[] Row(EventTopic topic) =>
        [
            Json(topic.Name), Json(topic.Contract.Name), Json(topic.Subject ?? ""), Json(topic.Key),
            Json(topic.Contract.Schema.Fields.Count), Json(topic.Origin == EventOrigin.Ours ? "aurum" : "platform"),
            Json(AvroCanonicalForm.Fingerprint(topic.Contract.Schema).ToString("x16", CultureInfo.InvariantCulture)),
        ];
    }

    private static Command CreateShow(CommandConsole console)
    {
        var name = new Argument<string>("name")
        {
            Description = "a topic or a contract, for example aurum.iso.caiso.lmp.v1",
            HelpName = "NAME",
        };
        var format = FormatOption.Create();
        var command = new Command("show", "Show the fields of a contract; with --format json its Avro schema.") { name, format };
        command.SetAction(parsed =>
        {
            var contract = Find(parsed.GetRequiredValue(name));
            var chosen = parsed.GetValue(format) ?? console.DefaultFormat;
            if (chosen == RowFormat.Json)
            {
                console.Write(contract.SchemaText);
                return ExitCodes.Done;
            }

            AdminSource.Print([.. contract.Schema.Fields.Select(Row)], FieldColumns, chosen, console);
            return ExitCodes.Done;
        });
        return command;

        static JsonElement[] Row(AvroField field)
        {
            var isNullable = field.Type.Kind == AvroKind.Union;
            var type = isNullable ? field.Type.Branches[^1] : field.Type;
            return
            [
                Json(field.Name), Json(type.ToString()), Json(isNullable ? "yes" : ""),
                Json(field.HasDefault ? field.Default?.ToJsonString() ?? "null" : ""), Json(field.Doc ?? ""),
            ];
        }
    }

    private static Command CreateCheck(CommandConsole console, Option<string> data)
    {
        var (url, format) = (UrlOption(), FormatOption.Create());
        var command = new Command("check", "Say which subjects the registry has, and what our schemas would break there.") { url, format };
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = Client(parsed.GetRequiredValue(data), parsed.GetValue(url), console);
            var rows = new List<JsonElement[]>();
            var isWell = true;
            foreach (var topic in Registered())
            {
                var broken = await client.WouldBreak(topic.Subject!, topic.Contract.SchemaText, cancel);
                var found = await client.LookUp(topic.Subject!, topic.Contract.SchemaText, cancel);
                isWell &= found is not null || broken.Count == 0;
                rows.Add(
                [
                    Json(topic.Subject!), Json(found is not null ? "there" : broken.Count > 0 ? "incompatible" : "missing"),
                    found is null ? default : Json(found.Id), found is null ? default : Json(found.Version),
                    Json(found is null ? string.Join("; ", broken) : ""),
                ]);
            }

            AdminSource.Print(rows, CheckColumns, parsed.GetValue(format) ?? console.DefaultFormat, console);
            return isWell ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static Command CreateRegister(CommandConsole console, Option<string> data)
    {
        var (url, format) = (UrlOption(), FormatOption.Create());
        var command = new Command("register", "Register all schemas, each subject with compatibility BACKWARD.") { url, format };
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = Client(parsed.GetRequiredValue(data), parsed.GetValue(url), console);
            var rows = new List<JsonElement[]>();
            var isWell = true;
            foreach (var topic in Registered())
            {
                var (id, why) = await Register(client, topic, cancel);
                isWell &= id is not null;
                rows.Add(
                [
                    Json(topic.Subject!), Json(id is null ? "refused" : "there"), id is null ? default : Json(id), default, Json(why),
                ]);
            }

            AdminSource.Print(rows, CheckColumns, parsed.GetValue(format) ?? console.DefaultFormat, console);
            return isWell ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    /// <summary>The id, or why there is none. The level is set first: a subject is never open to any change.</summary>
    private static async Task<(int? Id, string Why)> Register(RegistryClient client, EventTopic topic, CancellationToken cancel)
    {
        try
        {
            if (await client.Level(topic.Subject, cancel) != EventTopics.Compatibility)
            {
                await client.SetLevel(topic.Subject, EventTopics.Compatibility, cancel);
            }

            return (await client.Register(topic.Subject!, topic.Contract.SchemaText, cancel), "");
        }
        catch (RegistryException error) when (!error.IsDown)
        {
            return (null, error.Message);
        }
    }

    private static IEnumerable<EventTopic> Registered() => EventTopics.All.Where(static t => t.Subject is not null);

    private static Option<string?> UrlOption() => new("--url")
    {
        Description = "address of the registry (default: Registry:Url of the settings)",
        HelpName = "URL",
    };

    private static RegistryClient Client(string data, string? url, CommandConsole console)
    {
        var options = OptionsReader.Read(data).Registry ?? new RegistryOptions();
        options = url is null ? options : options with { Url = url };
        if (options.Url.Length == 0)
        {
            throw new CommandException(
                ExitCodes.BadInput, "no schema registry is configured: set Registry:Url, or name one with --url http://localhost:8081");
        }

        try
        {
            return new RegistryClient(options, new Random((int)console.Now.ToUnixTimeTicks()), console.Time);
        }
        catch (ArgumentException error)
        {
            throw new CommandException(ExitCodes.BadInput, error.Message);
        }
    }

    private static EventContract Find(string name)
    {
        try
        {
            return EventTopics.TryFind(name)?.Contract ?? EventContracts.Find(name);
        }
        catch (ArgumentException)
        {
            throw new CommandException(ExitCodes.Failed, $"no topic or contract '{name}'; 'aurum contracts list' shows all");
        }
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);
}
