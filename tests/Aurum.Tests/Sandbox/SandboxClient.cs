using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sandbox.Hosting;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Tests.Sandbox;

/// <summary>The smallest client: asks for what a feed locates, follows its pages, and reads the answers with the feed's own
/// parser.</summary>
internal sealed class SandboxClient(SandboxNetwork network, Instant now) : IDisposable
{
    private readonly HttpClient _http = new(new SandboxHandler(network, () => now, TimeProvider.System));

    public void Dispose() => _http.Dispose();

    /// <summary>Rows of a day, and what the parser said of each file.</summary>
    public async Task<(List<TRow> Rows, List<ParseResult> Results)> FetchAsync<TRow>(Feed<TRow> feed, OperatingDay day)
        where TRow : struct
    {
        var rows = new RowList<TRow>();
        var results = new List<ParseResult>();
        foreach (var first in feed.Locate(day, now))
        {
            for (var request = first; request is not null;)
            {
                var file = await GetAsync(request, day);
                if (file is null)
                {
                    results.Add(ParseResult.NotYetPublished("404"));
                    break;
                }

                results.Add(feed.Parse(file, rows));
                request = feed.NextPage(request, file);
            }
        }

        return (rows.Rows, results);
    }

    /// <summary>The file of a request; null for 404.</summary>
    public async Task<FeedFile?> GetAsync(FeedRequest request, OperatingDay? day)
    {
        var site = FeedCatalog.Site(request.Site);
        var host = SandboxNetwork.BaseAddress(site).AbsoluteUri.TrimEnd('/');
        var keys = string.Concat(request.QuerySecrets.Select(s => $"&{s.Parameter}=sandbox_key"));
        using var message = new HttpRequestMessage(HttpMethod.Get, host + request.PathAndQuery + keys);
        foreach (var secret in request.Secrets)
        {
            message.Headers.TryAddWithoutValidation(secret.Header, secret.Prefix + "sandbox_key");
        }

        if (request.SignIn is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", "Basic c2FuZGJveF9rZXk6c2FuZGJveF9rZXk=");
        }

        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(message);
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return FeedFile.FromBytes(answer.Content.Headers.ContentDisposition?.FileName?.Trim('"') ?? request.FileName, bytes, day);
    }
}
