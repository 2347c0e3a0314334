using Aurum.Cluster.Contracts;

namespace Aurum.Cluster.Registry;

/// <summary>Looks at the configured registry, for <c>aurum doctor</c>.</summary>
public static class RegistryCheck
{
    private const string Engine = "Registry";

    /// <param name="options">Which registry.</param>
    /// <param name="cancel">Ends it.</param>
    public static Task<IReadOnlyList<EngineFinding>> Run(RegistryOptions options, CancellationToken cancel) => Run(options, null, cancel);

    /// <param name="options">Which registry.</param>
    /// <param name="handler">What carries requests; null: the network.</param>
    /// <param name="cancel">Ends it.</param>
    internal static async Task<IReadOnlyList<EngineFinding>> Run(
        RegistryOptions options, HttpMessageHandler? handler, CancellationToken cancel)
    {
        // One try an address: a person waits for the answer. Without waits there is no chance in them.
        var once = options with { Retries = Math.Max(0, options.Addresses().Count - 1) };
        using var client = new RegistryClient(once, new Random(0), TimeProvider.System, handler);
        var where = string.Join(", ", options.Addresses().Select(static a => a.Authority));
        var findings = new List<EngineFinding>();
        try
        {
            var subjects = await client.Subjects(cancel);
            findings.Add(new EngineFinding(Engine, EngineState.Well, $"schema registry at {where}, {subjects.Count} subjects"));
            await LookAtSettings(client, findings, cancel);
            await LookAtSubjects(client, options, subjects, findings, cancel);
        }
        catch (RegistryException error)
        {
            findings.Add(new EngineFinding(Engine, EngineState.Failed, error.Message, ToDoOf(error)));
        }

        return findings;
    }

    private static async Task LookAtSettings(RegistryClient client, List<EngineFinding> findings, CancellationToken cancel)
    {
        if (await client.Level(null, cancel) is var level && level == CompatibilityLevel.None.Name())
        {
            findings.Add(new EngineFinding(
                Engine, EngineState.Warned, "the registry's level for all subjects is NONE: any change of a schema is let through",
                "set BACKWARD, or let 'aurum contracts register' set it for each subject"));
        }

        if (await client.Mode(null, cancel) is var mode && mode != SettingRequests.ReadWrite)
        {
            findings.Add(new EngineFinding(
                Engine, EngineState.Warned, $"the registry's mode is {mode}: new schemas can't be registered", "set READWRITE"));
        }
    }

    private static async Task LookAtSubjects(
        RegistryClient client, RegistryOptions options, IReadOnlyList<string> subjects, List<EngineFinding> findings,
        CancellationToken cancel)
    {
        var topics = EventTopics.All.Where(static t => t.Subject is not null).ToList();
        var missing = 0;
        foreach (var topic in topics)
        {
            if (!subjects.Contains(topic.Subject!))
            {
                missing++;
            }
            else if (await client.LookUp(topic.Subject!, topic.Contract.SchemaText, cancel) is null)
            {
                missing++;
                var broken = await client.WouldBreak(topic.Subject!, topic.Contract.SchemaText, cancel);
                if (broken.Count > 0)
                {
                    findings.Add(new EngineFinding(
                        Engine, EngineState.Failed, $"{topic.Subject}: {broken[0]}",
                        "'aurum contracts check' shows all; see docs/contracts.md"));
                }
            }
        }

        if (missing > 0)
        {
            findings.Add(new EngineFinding(
                Engine,
                options.AutoRegister ? EngineState.Well : EngineState.Warned,
                $"{missing} of {topics.Count} subjects have not the schema of this version",
                options.AutoRegister ? null : "run 'aurum contracts register'"));
        }
    }

    private static string ToDoOf(RegistryException error) => error.Status switch
    {
        401 or 403 => "look at Registry:User and Registry:Password, or Registry:BearerToken, and at the rights of this user",
        0 => "look at Registry:Url, and whether the registry runs there and can be reached from here",
        404 => "look at Registry:Url: something else than a schema registry answers there",
        _ => "look at the registry's log",
    };
}
