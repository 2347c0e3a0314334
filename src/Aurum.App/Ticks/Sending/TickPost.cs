using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Aurum.App.Commands;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Ticks.Sending;

/// <summary>Sends pieces of messages to <c>POST /v1/ticks</c>, again with growing waits where the server is busy or away.</summary>
/// <remarks>A piece has an idempotency key of its content and its place, so that one that is sent twice is taken in once.</remarks>
/// <param name="http">Client of the server.</param>
/// <param name="options">Format, packing, patience.</param>
/// <param name="time">The clock of the waits.</param>
/// <param name="note">Takes a line about a try that failed.</param>
internal sealed class TickPost(HttpClient http, TickSendOptions options, TimeProvider time, Action<string> note)
{
    /// <returns>The receipt.</returns>
    /// <exception cref="CommandException">The server refuses the messages, or has not taken them for long.</exception>
    public async Task<JsonElement> SendAsync(ReadOnlyMemory<byte> piece, long position, CancellationToken cancel)
    {
        var key = KeyOf(piece.Span, position);
        var body = options.Packs ? Packed(piece) : piece;
        var wait = options.FirstWait;
        for (var attempt = 1; ; attempt++)
        {
            var (receipt, why, after, isPaced) = await TryAsync(body, key, cancel);
            if (receipt is { } taken)
            {
                return taken;
            }

            if (attempt == options.MaxAttempts)
            {
                throw new CommandException(ExitCodes.Failed, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{why}, {attempt} times in a row. What was acknowledged is kept; the same command goes on from there"));
            }

            wait = after ?? wait;
            if (attempt > 1 || !isPaced)
            {
                // One client may make so many requests: keeping to that is nothing to be told.
                note(string.Create(CultureInfo.InvariantCulture, $"{why}; trying again in {wait.TotalSeconds:0.#} s"));
            }

            await Task.Delay(wait, time, cancel);
            wait = wait * 2 < options.LongestWait ? wait * 2 : options.LongestWait;
        }
    }

    /// <summary>What a piece is known by at the server: its content and its place.</summary>
    internal static string KeyOf(ReadOnlySpan<byte> piece, long position) => string.Create(
        CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(piece))}-{position}");

    private async Task<(JsonElement? Receipt, string Why, TimeSpan? After, bool IsPaced)> TryAsync(
        ReadOnlyMemory<byte> body, string key, CancellationToken cancel)
    {
        using var request = RequestOf(body, key);
        try
        {
            using var answer = await http.SendAsync(request, cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            if (answer.IsSuccessStatusCode)
            {
                using var document = JsonDocument.Parse(text);
                return (document.RootElement.GetProperty("data").Clone(), "", null, false);
            }

            var detail = $"{http.BaseAddress} answers {(int)answer.StatusCode}: {RemoteSql.Detail(text)}";
            return IsForNow(answer.StatusCode)
                ? (null, detail, answer.Headers.RetryAfter?.Delta, answer.StatusCode == HttpStatusCode.TooManyRequests)
                : throw new CommandException(ExitCodes.BadInput, detail);
        }
        catch (HttpRequestException e)
        {
            return (null, $"{http.BaseAddress} does not answer: {e.Message}", null, false);
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, $"{http.BaseAddress} has not answered for {http.Timeout.TotalSeconds:0} s", null, false);
        }
    }

    /// <summary>Whether another try may do what this one did not.</summary>
    private static bool IsForNow(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private HttpRequestMessage RequestOf(ReadOnlyMemory<byte> body, string key)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(options.Format switch
        {
            TickFormat.Csv => "text/csv",
            TickFormat.Binary => "application/vnd.aurum.ticks",
            _ => "application/x-ndjson",
        });
        if (options.Packs)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        var market = options.Market.Length > 0 ? $"&market={Uri.EscapeDataString(options.Market)}" : "";
        var path = $"/v1/ticks?tenant={Uri.EscapeDataString(options.Tenant)}{market}";
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    private static ReadOnlyMemory<byte> Packed(ReadOnlyMemory<byte> piece)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(piece.Span);
        }

        return packed.ToArray();
    }
}
