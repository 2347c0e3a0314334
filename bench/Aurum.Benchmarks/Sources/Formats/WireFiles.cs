using System.IO.Compression;
using Aurum.Market.Feeds;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Benchmarks.Sources.Formats;

/// <summary>Answers of the sandbox's publishers as files: what collection would archive.</summary>
internal sealed class WireFiles
{
    private const string Key = "sandbox_key";
    private const int MostPages = 40;

    private static readonly LocalDate FirstDay = new(2025, 6, 2);

    private readonly SandboxNetwork _network;

    /// <param name="nodes">Places at each publisher.</param>
    public WireFiles(int nodes) => _network = new SandboxNetwork(new World(1, new WorldOptions(
        CaisoNodes: nodes, NyisoGenerators: nodes, ErcotResourceNodes: nodes, PjmNodes: nodes, IesoNodes: nodes)
    {
        MisoNodes = nodes,
        SppNodes = nodes,
        IsoneNodes = nodes,
    }));

    /// <summary>The files of so many days, without compression around them.</summary>
    public IReadOnlyList<FeedFile> Of(WireFormat format, int days)
    {
        var feed = FeedCatalog.Find(new FeedId(format.Feed));
        var files = new List<FeedFile>();
        for (var i = 0; i < (format.IsSpan ? 1 : days); i++)
        {
            var day = feed.Day(FirstDay.PlusDays(i));
            var now = day.End + format.AskedAfter + (format.IsSpan ? Duration.FromDays(days) : Duration.Zero);
            foreach (var first in feed.Locate(day, now))
            {
                var request = first with { Site = format.Site ?? first.Site, PathAndQuery = format.Path(first.PathAndQuery, day, days) };
                files.AddRange(Pages(feed, request, now).Select(file => format.Turn?.Invoke(file) ?? file));
            }
        }

        return files;
    }

    private IEnumerable<FeedFile> Pages(Feed feed, FeedRequest first, Instant now)
    {
        var request = first;
        for (var page = 0; request is not null && page < MostPages; page++)
        {
            if (Get(request, now) is not { } file)
            {
                yield break;
            }

            yield return file;
            request = feed.NextPage(request, file);
        }
    }

    private FeedFile? Get(FeedRequest request, Instant now)
    {
        var site = FeedCatalog.Site(request.Site);
        var keys = string.Concat(request.QuerySecrets.Select(secret => $"&{secret.Parameter}={Key}"));
        var path = SandboxNetwork.BaseAddress(site).AbsolutePath.TrimEnd('/') + request.PathAndQuery + keys;
        var headers = request.Secrets.Select(secret => (secret.Header, Value: secret.Prefix + Key))
            .Concat(request.Headers.Select(header => (Header: header.Key, header.Value)))
            .Concat(request.SignIn is null ? [] : [(Header: "Authorization", Value: "Basic " + Key)])
            .ToDictionary(header => header.Header, header => header.Value);
        var answer = _network.Publisher(SandboxNetwork.PublisherOf(site)).Answer(SandboxRequest.Get(path, headers), Moment.At(now));
        return answer.Status == 200 ? Unzipped(request.FileName, answer.Body) : null;
    }

    private static FeedFile Unzipped(string name, ReadOnlyMemory<byte> body)
    {
        if (!body.Span.StartsWith("PK"u8))
        {
            return FeedFile.FromBytes(name, body);
        }

        using var zip = new ZipArchive(new MemoryStream(body.ToArray()));
        var entry = zip.Entries.Single();
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return FeedFile.FromBytes(entry.Name, bytes.ToArray());
    }
}
