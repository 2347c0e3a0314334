using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.App.Api;
using Aurum.App.Ppa;
using Aurum.Sources;
using Aurum.Store.Models;
using Aurum.Tests.Curves;
using Microsoft.AspNetCore.Builder;
using NodaTime;

namespace Aurum.Tests.Api.Ppa;

/// <summary>A server with the curves of two dates, and contracts to value on them.</summary>
public sealed class PpaWorld : IAsyncLifetime
{
    public static readonly LocalDate Monday = CurveRig.Monday;
    public static readonly LocalDate Friday = CurveRig.Monday.PlusDays(-3);

    /// <summary>What the program prints as an example.</summary>
    public static readonly string Solar = ExampleContract.From(new LocalDate(2027, 1, 1));

    private WebApplication _app = null!;

    internal CurveRig Rig { get; } = new();

    internal HttpClient Http { get; private set; } = null!;

    internal string Address => _app.Urls.First();

    /// <summary>Ten megawatts of all peak hours of a year at a fixed price.</summary>
    public static string Peak(int year = 2027, double price = 45, string name = "Peak strip") => $$"""
        {"name":"{{name}}","side":"buyer","counterparty":"Alamo Power","technology":"gas","start":"{{year}}-01-01","end":"{{year}}-12-31",
        "market":"ercot","currency":"USD","curves":{"on_peak":"ERCOT West ON_PEAK","off_peak":"ERCOT West OFF_PEAK"},
        "point":{"type":"hub","name":"HB_WEST"},"volume":{"type":"baseload","capacity_mw":10,"block":"on_peak"},
        "price":{"type":"fixed","price":{{price}}},"settlement":{"type":"financial"},"discount":{"annual_percent":5} }
        """;

    public async Task InitializeAsync()
    {
        foreach (var day in new[] { Friday, Monday })
        {
            await Rig.Load("pw", day, []);
            Rig.Merge($"eod_{day:uuuuMMdd}");
        }

        Rig.Pass();
        _app = ApiHost.Build(
            new ApiOptions { Port = 0, DataDirectory = Rig.DataDirectory, Mode = "test", RequestBurst = 100_000, MinFreeDiskBytes = 1 },
            new ApiServices
            {
                Feeds = FeedCatalog.All, Store = Rig.Platform.Store, Metrics = Rig.Platform.Metrics, Time = Rig.Clock,
                Curves = Rig.Platform.Curves,
            });
        await _app.StartAsync();
        Rig.Platform.Store.Announce(Address);
        Http = new HttpClient { BaseAddress = new Uri(Address) };
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Http.Dispose();
        Rig.Dispose();
    }

    /// <summary>Asks for a tenant.</summary>
    internal async Task<Answer> Send(HttpMethod method, string path, string? body = null, string tenant = "acme", string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Aurum-Tenant", tenant);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    /// <summary>The data of an answer that must be good.</summary>
    internal async Task<JsonNode> Data(HttpMethod method, string path, string? body = null, string tenant = "acme")
    {
        var answer = await Send(method, path, body, tenant);
        Assert.True((int)answer.Status is 200 or 201, $"{method} {path}: {answer.Text}");
        return answer.Json["data"]!;
    }

    internal Task<JsonNode> Get(string path, string tenant = "acme") => Data(HttpMethod.Get, path, null, tenant);

    internal Task<JsonNode> Post(string path, string body, string tenant = "acme") => Data(HttpMethod.Post, path, body, tenant);

    /// <summary>Stores a contract and gives its id.</summary>
    internal async Task<string> Store(string terms, string tenant = "acme") =>
        (string)(await Post("/v1/ppa/contracts", $$"""{"terms": {{terms}}}""", tenant))["ppa_contract_id"]!;

    /// <summary>What a problem says.</summary>
    internal async Task<(HttpStatusCode Status, string Detail)> Refused(string path, string body, string tenant = "acme")
    {
        var answer = await Send(HttpMethod.Post, path, body, tenant);
        return (answer.Status, (string?)answer.Json["detail"] ?? "");
    }

    /// <summary>A run of a scenario whose prices are those of a curve and so much more.</summary>
    internal string Run(string tenant, string scenario, double more)
    {
        var store = Rig.Platform.Store;
        var now = Rig.Clock.Now;
        var run = store.Runs.Submit(
            new RunRecord
            {
                Tenant = tenant, ScenarioId = scenario, ScenarioVersion = 1, Priority = RunPriority.Normal, InputHash = $"{more}",
                Inputs = "{}", Options = "{}", TimeoutMinutes = 60, MaxMemoryMiB = 256, MaxRetries = 0,
            },
            10,
            now).Run;
        Assert.True(store.Runs.Start(run.Id, now));
        using var rows = store.Read.Sql($"""
            select curve_key, cast(contract_month as date), mid from curve_observation_current
            where location = 'West' and iso = 'ERCOT' and tenor_type = 'MONTHLY' and asof_date = '{Monday:uuuu-MM-dd}'
            """);
        var outputs = new List<OutputRecord>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var (key, price) = ((string)rows.Value(0, i)!, rows.Number(2, i));
                var month = LocalDate.FromDateTime(DateTime.UnixEpoch).PlusDays(rows.DateDays(1, i));
                outputs.Add(new OutputRecord(
                    key, "West", Monday, "MONTHLY", month, $"{month:uuuu-MM}", "mid", "USD/MWh", price, price + more, price, price, "[]",
                    "v"));
            }
        }

        Assert.True(store.Runs.Succeed(run, new RunOutputs(outputs, $"hash {more}", "{}", []), now));
        return run.Id;
    }

    internal static decimal Sum(JsonNode rows, string member) => rows.AsArray().Sum(r => r![member]!.GetValue<JsonElement>().GetDecimal());

    internal static decimal Number(JsonNode node, string member) => node[member]!.GetValue<JsonElement>().GetDecimal();
}
