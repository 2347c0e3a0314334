using System.Globalization;

namespace Aurum.Cluster.Lineage;

/// <summary>What <c>aurum doctor</c> says of lineage: whether the server is there, and where else events go. Tells no event.</summary>
public static class LineageCheck
{
    private const string Engine = "Lineage";

    /// <param name="options">Settings.</param>
    /// <param name="cancel">Ends it.</param>
    public static Task<IReadOnlyList<EngineFinding>> Run(LineageOptions options, CancellationToken cancel) => Run(options, null, cancel);

    /// <param name="options">Settings.</param>
    /// <param name="handler">The network; null: real sockets.</param>
    /// <param name="cancel">Ends it.</param>
    internal static async Task<IReadOnlyList<EngineFinding>> Run(
        LineageOptions options, HttpMessageHandler? handler, CancellationToken cancel)
    {
        var found = new List<EngineFinding>();
        if (options.Url is { } url)
        {
            found.Add(await Server(options, url, handler, cancel));
        }

        if (options.File is { } file)
        {
            found.Add(new EngineFinding(Engine, EngineState.Well, string.Create(
                CultureInfo.InvariantCulture, $"file {file}, {options.Files} files of {options.FileMiB} MiB at most")));
        }

        if (options.Topic is { } topic)
        {
            found.Add(new EngineFinding(Engine, EngineState.Well, $"topic {topic} (see Kafka)"));
        }

        if (options.Contract)
        {
            found.Add(new EngineFinding(Engine, EngineState.Well, "contract data.lineage.v1 (see Kafka and Registry)"));
        }

        return found;
    }

    /// <summary>Asks without an event: a server that knows the path says that GET is not what it takes.</summary>
    private static async Task<EngineFinding> Server(
        LineageOptions options, Uri url, HttpMessageHandler? handler, CancellationToken cancel)
    {
        var address = new Uri($"{url.ToString().TrimEnd('/')}/{options.Endpoint.TrimStart('/')}");
        using var http = handler is null ? new HttpClient() : new HttpClient(handler, disposeHandler: false);
        http.Timeout = TimeSpan.FromSeconds(options.RequestSeconds);
        try
        {
            using var answer = await http.GetAsync(address, cancel);
            return (int)answer.StatusCode switch
            {
                401 or 403 => new EngineFinding(
                    Engine, EngineState.Warned, $"{address} answers {(int)answer.StatusCode}", "see Lineage:ApiKey"),
                404 => new EngineFinding(
                    Engine, EngineState.Failed, $"{address} is not there", "see Lineage:Url and Lineage:Endpoint"),
                >= 500 => new EngineFinding(
                    Engine, EngineState.Failed, $"{address} answers {(int)answer.StatusCode}", "see the server's log"),
                _ => new EngineFinding(Engine, EngineState.Well, $"{address} answers"),
            };
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new EngineFinding(
                Engine,
                EngineState.Failed,
                $"{address} gives no answer: {e.GetBaseException().Message}",
                "see that it runs, and Lineage:Url; deliveries wait meanwhile, and nothing else does");
        }
    }
}
