using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Aurum.App.Api.Responses;
using Aurum.App.Configuration;
using Aurum.App.Curves;
using Aurum.Store;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary>Where workbooks are loaded and branches decided: the data directory, or the server that has it open. Answers are those of
/// <c>/v1/curves</c>, as JSON.</summary>
internal interface ICurveDesk : IDisposable
{
    Task<JsonElement> Load(string path, LoadOptions options, CancellationToken cancel);

    Task<JsonElement> Merge(string branch, MergeOptions options, CancellationToken cancel);

    Task<JsonElement> Drop(string branch, string why, CancellationToken cancel);

    Task<JsonElement> RollBack(RollbackRequest request, CancellationToken cancel);

    Task<JsonElement> Export(LocalDate asOf, CurveExportOptions options, CancellationToken cancel);
}

/// <summary>Opens the desk that is there.</summary>
internal static class CurveDesk
{
    /// <summary>Rows that are not in the file yet take memory: the engine writes them after each workbook that brings many.</summary>
    private const int CheckpointMiB = 8;

    /// <summary>The pages of earlier days that the engine keeps at hand: 250 MB a load in place of 320 with a week stored.</summary>
    private const int StoreMemoryMiB = 64;

    public static ICurveDesk Open(string dataDirectory, CommandConsole console)
    {
        try
        {
            return new LocalCurveDesk(Platform.Open(
                OptionsReader.Read(dataDirectory, OneThread),
                new PlatformWorld(console.Time, "aurum curves")
                {
                    CheckpointMiB = CheckpointMiB,
                    StoreMemoryMiB = StoreMemoryMiB,
                    CompactsStore = false,
                }));
        }
        catch (StoreLockedException held) when (Uri.TryCreate(held.Holder, UriKind.Absolute, out var server))
        {
            return new RemoteCurveDesk(server);
        }
    }

    /// <summary>A workbook's rows are too few for several threads of the engine, each of which takes memory of its own: one is faster
    /// (1.2 against 1.5 CPU-seconds) and takes 80 MB less. A number of threads that is set stays.</summary>
    private static AurumOptions OneThread(AurumOptions options) => options.StoreThreads == 0 ? options with { StoreThreads = 1 } : options;
}

/// <summary>The desk of a data directory that this process has open.</summary>
internal sealed class LocalCurveDesk(Platform platform) : ICurveDesk
{
    private static readonly JsonSerializerOptions Forms = NewForms();

    public async Task<JsonElement> Load(string path, LoadOptions options, CancellationToken cancel) =>
        Json(await platform.Curves.Load(new CurveFile(Path.GetFileName(path), () => File.OpenRead(path)), options, cancel));

    public Task<JsonElement> Merge(string branch, MergeOptions options, CancellationToken cancel) =>
        Task.FromResult(Json(platform.Curves.Merges.Merge(branch, options)));

    public Task<JsonElement> Drop(string branch, string why, CancellationToken cancel) =>
        Task.FromResult(Json(platform.Curves.Merges.Drop(branch, why)));

    public async Task<JsonElement> RollBack(RollbackRequest request, CancellationToken cancel) =>
        Json(await platform.Curves.Merges.RollBack(request, cancel));

    public async Task<JsonElement> Export(LocalDate asOf, CurveExportOptions options, CancellationToken cancel) =>
        Json(await platform.Exports.WriteAndSend(asOf, options, cancel));

    public void Dispose() => platform.Dispose();

    private static JsonElement Json<T>(T report) => JsonSerializer.SerializeToElement(report, Forms);

    private static JsonSerializerOptions NewForms()
    {
        var options = new JsonSerializerOptions();
        JsonForms.Configure(options);
        return options;
    }
}

/// <summary>The desk of a running server.</summary>
internal sealed class RemoteCurveDesk(Uri server) : ICurveDesk
{
    private readonly HttpClient _http = new() { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };

    public async Task<JsonElement> Load(string path, LoadOptions options, CancellationToken cancel)
    {
        var query = new StringBuilder($"/v1/curves/loads?file={Uri.EscapeDataString(Path.GetFileName(path))}");
        if (options.AsOf is { } asOf)
        {
            query.Append(CultureInfo.InvariantCulture, $"&asof={LocalDatePattern.Iso.Format(asOf)}");
        }

        if (options.Branch is { } branch)
        {
            query.Append(CultureInfo.InvariantCulture, $"&branch={Uri.EscapeDataString(branch)}");
        }

        query.Append(options.IsDryRun ? "&dry_run=true" : "");
        await using var body = File.OpenRead(path);
        using var content = new StreamContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return await Post(query.ToString(), content, cancel);
    }

    public Task<JsonElement> Merge(string branch, MergeOptions options, CancellationToken cancel) => PostJson(
        $"/v1/curves/branches/{Uri.EscapeDataString(branch)}/merge",
        new Dictionary<string, object?>
        {
            ["overrides"] = options.Overrides, ["why"] = options.Why, ["passing_only"] = options.PassingOnly,
        },
        cancel);

    public Task<JsonElement> Drop(string branch, string why, CancellationToken cancel) => PostJson(
        $"/v1/curves/branches/{Uri.EscapeDataString(branch)}/drop", new Dictionary<string, object?> { ["why"] = why }, cancel);

    public Task<JsonElement> RollBack(RollbackRequest request, CancellationToken cancel) => PostJson(
        "/v1/curves/rollback",
        new Dictionary<string, object?>
        {
            ["tag"] = request.Tag,
            ["known_at"] = request.KnownAt is { } instant ? InstantPattern.ExtendedIso.Format(instant) : null,
            ["asof"] = request.AsOf is { } asOf ? LocalDatePattern.Iso.Format(asOf) : null,
            ["why"] = request.Why,
        },
        cancel);

    public Task<JsonElement> Export(LocalDate asOf, CurveExportOptions options, CancellationToken cancel) => PostJson(
        "/v1/curves/exports",
        new Dictionary<string, object?>
        {
            ["asof"] = LocalDatePattern.Iso.Format(asOf), ["tenant"] = options.Tenant, ["formats"] = options.Formats,
        },
        cancel);

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> PostJson(string path, Dictionary<string, object?> body, CancellationToken cancel)
    {
        using var content = JsonContent.Create(body);
        return await Post(path, content, cancel);
    }

    private async Task<JsonElement> Post(string path, HttpContent content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        using var answer = await RemoteSql.Send(_http, request, server, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        if (!answer.IsSuccessStatusCode)
        {
            throw new CommandException(ExitCodes.BadInput, RemoteSql.Detail(text));
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("data").Clone();
    }
}
