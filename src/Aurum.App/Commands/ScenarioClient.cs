using System.Net;
using System.Text;
using System.Text.Json;
using Aurum.App.Api;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Rows;
using Aurum.App.Scenarios;
using Aurum.App.Scenarios.Requests;
using Aurum.Sources;
using Aurum.Store;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary>Where scenarios are worked on: the server that has the data directory open, or, where none has, one of this command's own
/// that ends with it. Answers are those of <c>/v1/scenarios</c>.</summary>
internal sealed class ScenarioClient : IAsyncDisposable
{
    private const string Holder = "aurum scenario";
    private const int MostRequests = 100_000;

    private readonly HttpClient _http;
    private readonly Uri _server;
    private readonly Platform? _platform;
    private readonly ScenarioDesk? _desk;
    private readonly WebApplication? _api;
    private RequestSender? _requests;

    private ScenarioClient(Uri server, string tenant, Platform? platform, ScenarioDesk? desk, WebApplication? api)
    {
        (_server, _platform, _desk, _api) = (server, platform, desk, api);
        _http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.TryAddWithoutValidation(TenantChoice.Header, tenant);
    }

    /// <exception cref="CommandException">Nothing is stored there.</exception>
    public static async Task<ScenarioClient> Open(
        string dataDirectory, string tenant, CommandConsole console, CancellationToken cancel)
    {
        if (!StoreOpening.IsThere(dataDirectory))
        {
            throw new CommandException(
                ExitCodes.Failed, $"{dataDirectory}: nothing is stored here yet; 'aurum curves load FILE' brings curves");
        }

        try
        {
            return await OpenOwn(DataOption.Open(dataDirectory, console, Holder), tenant, console, cancel);
        }
        catch (StoreLockedException held) when (Uri.TryCreate(held.Holder, UriKind.Absolute, out var server))
        {
            return new ScenarioClient(server, tenant, null, null, null);
        }
    }

    /// <summary>One thing.</summary>
    /// <exception cref="CommandException">It is refused; the message has a line for each field.</exception>
    public async Task<JsonElement> Send(HttpMethod method, string path, string? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var answer = await RemoteSql.Send(_http, request, _server, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        if (!answer.IsSuccessStatusCode)
        {
            throw new CommandException(
                answer.StatusCode >= HttpStatusCode.InternalServerError ? ExitCodes.Failed : ExitCodes.BadInput, Told(text));
        }

        if (text.Length == 0)
        {
            return default;
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>What an answer is about.</summary>
    public async Task<JsonElement> Data(HttpMethod method, string path, string? body, CancellationToken cancel) =>
        (await Send(method, path, body, cancel)).GetProperty("data");

    /// <summary>All rows of a list.</summary>
    /// <param name="path">With a query, or ending with a question mark.</param>
    /// <param name="cancel">Ends the walk.</param>
    public async Task<IReadOnlyList<JsonElement>> Rows(string path, CancellationToken cancel)
    {
        var rows = new List<JsonElement>();
        for (var cursor = ""; ;)
        {
            var page = await Send(HttpMethod.Get, $"{path}&limit={RowResource.MaxLimit}{cursor}", null, cancel);
            rows.AddRange(page.GetProperty("data").EnumerateArray());
            if (page.GetProperty("meta").GetProperty("next_cursor").GetString() is not { } next)
            {
                return rows;
            }

            cursor = $"&cursor={Uri.EscapeDataString(next)}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_api is not null)
        {
            await _api.StopAsync(CancellationToken.None);
            await _api.DisposeAsync();
        }

        if (_requests is not null)
        {
            await _requests.DisposeAsync();
        }

        if (_desk is not null)
        {
            await _desk.DisposeAsync();
        }

        _platform?.Dispose();
    }

    private static async Task<ScenarioClient> OpenOwn(
        Platform platform, string tenant, CommandConsole console, CancellationToken cancel)
    {
        var desk = new ScenarioDesk(
            platform.Store, platform.Options.Scenarios, console.Time, platform.Metrics, console.Note,
            leaseLength: Duration.FromSeconds(platform.Options.Worker.LeaseSeconds));
        var api = ApiHost.Build(
            new ApiOptions
            {
                Port = 0,
                DataDirectory = platform.Options.DataDirectory,
                RequestsPerSecond = MostRequests,
                RequestBurst = MostRequests,
                RequestTimeoutSeconds = 3_600,
            },
            new ApiServices
            {
                Feeds = FeedCatalog.All,
                Store = platform.Store,
                Metrics = platform.Metrics,
                Time = console.Time,
                Scenarios = desk,
            });
        await api.StartAsync(cancel);
        var requests = RequestSender.Start(platform, desk, console.Time, console.Note);
        desk.Service.Start();
        return new ScenarioClient(new Uri(api.Urls.First()), tenant, platform, desk, api) { _requests = requests };
    }

    /// <summary>What the problem document says; a line for each field of a document that is wrong.</summary>
    private static string Told(string problem)
    {
        try
        {
            using var document = JsonDocument.Parse(problem);
            var root = document.RootElement;
            string Text(JsonElement part, string name) => part.GetProperty(name).GetString() ?? "";
            return root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
                ? string.Join('\n', errors.EnumerateArray().Select(
                    e => $"{Text(e, "field")}: expected {Text(e, "expected")}, found {Text(e, "found")}"))
                : Text(root, "detail");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return problem;
        }
    }
}
