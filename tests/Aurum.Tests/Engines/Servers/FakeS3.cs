using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Aurum.Cluster.S3;

namespace Aurum.Tests.Engines.Servers;

/// <summary>The part of S3 that is used, in memory: with a true <c>If-None-Match</c>, and faults that are asked for. It checks
/// the id of the key and no signature, and refuses presigned requests that have expired.</summary>
internal sealed class FakeS3 : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, Stored> _objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SortedDictionary<int, byte[]>> _uploads = new(StringComparer.Ordinal);
    private readonly Lock _writing = new();
    private long _serial;

    public FakeS3()
    {
        Endpoint = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ServerProcess.FreePort()}");
        _listener.Prefixes.Add(Endpoint + "/");
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public string Endpoint { get; }

    /// <summary>What becomes of a request; null: what it asks for.</summary>
    public Func<FakeRequest, FakeFault?>? Fault { get; set; }

    /// <summary>Id of the key that is taken; null: any.</summary>
    public string? AccessKey { get; set; }

    /// <summary>How <c>If-None-Match</c> is taken.</summary>
    public FakeCondition Condition { get; set; } = FakeCondition.Kept;

    /// <summary>How far the server's clock is ahead when a request comes: as if it had been held up for so long.</summary>
    public TimeSpan HeldUp { get; set; }

    /// <summary>How fast bodies are taken in; 0: as fast as they come.</summary>
    public int BytesPerSecond { get; set; }

    public ConcurrentQueue<FakeRequest> Requests { get; } = [];

    /// <summary>Keys with their bucket, in order.</summary>
    public IReadOnlyList<string> Keys => [.. _objects.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Uploads that are neither finished nor aborted.</summary>
    public int OpenUploads => _uploads.Count;

    public S3Options Options => new() { Endpoint = Endpoint, AccessKey = "key", SecretKey = "secret", PartMiB = 5, PageKeys = 10 };

    /// <summary>Changes an object's bytes, as a damaged disk would.</summary>
    public void Damage(string key) => _objects[key] = _objects[key] with { Bytes = [.. _objects[key].Bytes.Select(static b => (byte)~b)] };

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => Answer(context));
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await Take(context.Request.InputStream, body);
            var path = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath.TrimStart('/'));
            path = path.IndexOf('/', StringComparison.Ordinal) == path.Length - 1 ? path.TrimEnd('/') : path;
            var request = new FakeRequest(context.Request.HttpMethod, path, context.Request.QueryString, body.ToArray());
            Requests.Enqueue(request);
            var fault = Fault?.Invoke(request);
            var answer = fault is { IsAfter: false } ? new FakeAnswer(fault.Status) : Do(request, context.Request);
            await Write(context, fault is null ? answer : answer with { Status = fault.Status }, fault?.BreaksOff == true);
        }
        catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The client has gone.
        }
    }

    private async Task Take(Stream from, MemoryStream into)
    {
        var buffer = new byte[16 << 10];
        for (int read; (read = await from.ReadAsync(buffer)) > 0;)
        {
            into.Write(buffer, 0, read);
            await (BytesPerSecond > 0 ? Task.Delay(TimeSpan.FromSeconds((double)read / BytesPerSecond)) : Task.CompletedTask);
        }
    }

    private static async Task Write(HttpListenerContext context, FakeAnswer answer, bool breaksOff)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        var isHead = context.Request.HttpMethod == "HEAD";
        response.ContentLength64 = answer.Length ?? answer.Body.Length;
        if (breaksOff)
        {
            await response.OutputStream.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2));
            await response.OutputStream.FlushAsync();
            response.Abort();
            return;
        }

        if (!isHead)
        {
            await response.OutputStream.WriteAsync(answer.Body);
        }

        response.Close();
    }

    private FakeAnswer Do(FakeRequest request, HttpListenerRequest http)
    {
        if (Expired(request))
        {
            return Error(403, "AccessDenied");
        }

        if (AccessKey is { } key && http.Headers["Authorization"]?.Contains($"Credential={key}/", StringComparison.Ordinal) != true)
        {
            return Error(403, "InvalidAccessKeyId");
        }

        if (!request.Path.Contains('/', StringComparison.Ordinal))
        {
            return request.Method == "GET" ? List(request) : new FakeAnswer(200);
        }

        return (request.Method, request.Query["uploadId"], request.Query["partNumber"]) switch
        {
            ("POST", null, _) => Begin(),
            ("PUT", { } upload, { } part) => PutPart(upload, part, request.Body),
            ("POST", { } upload, _) => Complete(request.Path, upload),
            ("DELETE", { } upload, _) => new FakeAnswer(_uploads.TryRemove(upload, out _) ? 204 : 404),
            ("PUT", _, _) => Put(request, http),
            ("GET" or "HEAD", _, _) => Get(request, http),
            ("DELETE", _, _) => new FakeAnswer(_objects.TryRemove(request.Path, out _) ? 204 : 404),
            _ => Error(405, "MethodNotAllowed"),
        };
    }

    private bool Expired(FakeRequest request) => request.Query["X-Amz-Expires"] is { } seconds
        && DateTime.ParseExact(
            request.Query["X-Amz-Date"]!, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal
                | DateTimeStyles.AssumeUniversal).AddSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))
        < TimeProvider.System.GetUtcNow().UtcDateTime + HeldUp;

    private FakeAnswer Put(FakeRequest request, HttpListenerRequest http)
    {
        var isConditional = http.Headers["If-None-Match"] == "*";
        if (isConditional && Condition == FakeCondition.Unknown)
        {
            return Error(501, "NotImplemented");
        }

        lock (_writing)
        {
            if (isConditional && Condition == FakeCondition.Kept && _objects.ContainsKey(request.Path))
            {
                return Error(412, "PreconditionFailed");
            }

            _objects[request.Path] = new Stored(request.Body, http.Headers["x-amz-meta-sha256"], TimeProvider.System.GetUtcNow());
        }

        return new FakeAnswer(200) { Headers = { ["ETag"] = Tag(request.Body) } };
    }

    private FakeAnswer Get(FakeRequest request, HttpListenerRequest http)
    {
        if (!_objects.TryGetValue(request.Path, out var found))
        {
            return Error(404, "NoSuchKey");
        }

        var (bytes, status) = (found.Bytes, 200);
        if (http.Headers["Range"] is { } range)
        {
            var ends = range["bytes=".Length..].Split('-').Select(static n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
            (bytes, status) = (bytes[ends[0]..Math.Min(ends[1] + 1, bytes.Length)], 206);
        }

        var answer = new FakeAnswer(status)
        {
            Body = bytes,
            Headers = { ["ETag"] = Tag(found.Bytes), ["Last-Modified"] = found.At.ToString("R", CultureInfo.InvariantCulture) },
        };
        if (found.Sha256 is { } sha256)
        {
            answer.Headers["x-amz-meta-sha256"] = sha256;
        }

        return answer;
    }

    private FakeAnswer List(FakeRequest request)
    {
        var (bucket, prefix) = (request.Path, request.Query["prefix"] ?? "");
        var after = request.Query["continuation-token"] ?? "";
        var most = int.Parse(request.Query["max-keys"] ?? "1000", CultureInfo.InvariantCulture);
        var keys = Keys.Where(k => k.StartsWith(bucket + "/", StringComparison.Ordinal)).Select(k => k[(bucket.Length + 1)..])
            .Where(k => k.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(k, after) > 0).ToList();
        XNamespace s3 = "http://s3.amazonaws.com/doc/2006-03-01/";
        if (request.Query["delimiter"] is "/")
        {
            var folders = keys.Where(k => k.IndexOf('/', prefix.Length) > 0)
                .Select(k => k[..(k.IndexOf('/', prefix.Length) + 1)]).Distinct();
            var found = new XElement(s3 + "ListBucketResult", new XElement(s3 + "IsTruncated", false),
                folders.Select(f => new XElement(s3 + "CommonPrefixes", new XElement(s3 + "Prefix", f))));
            return new FakeAnswer(200) { Body = Encoding.UTF8.GetBytes(found.ToString()) };
        }

        var page = keys.Take(most).ToList();
        var xml = new XElement(s3 + "ListBucketResult",
            new XElement(s3 + "IsTruncated", keys.Count > most),
            page.Select(k => new XElement(s3 + "Contents",
                new XElement(s3 + "Key", k),
                new XElement(s3 + "LastModified", _objects[$"{bucket}/{k}"].At.ToString("o", CultureInfo.InvariantCulture)),
                new XElement(s3 + "Size", _objects[$"{bucket}/{k}"].Bytes.Length))));
        if (keys.Count > most)
        {
            xml.Add(new XElement(s3 + "NextContinuationToken", page[^1]));
        }

        return new FakeAnswer(200) { Body = Encoding.UTF8.GetBytes(xml.ToString()) };
    }

    private FakeAnswer Begin()
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"upload-{Interlocked.Increment(ref _serial)}");
        _uploads[id] = [];
        return Xml("InitiateMultipartUploadResult", "UploadId", id);
    }

    private FakeAnswer PutPart(string upload, string part, byte[] body)
    {
        var parts = _uploads[upload];
        lock (parts)
        {
            parts[int.Parse(part, CultureInfo.InvariantCulture)] = body;
        }

        return new FakeAnswer(200) { Headers = { ["ETag"] = Tag(body) } };
    }

    private FakeAnswer Complete(string path, string upload)
    {
        _uploads.TryRemove(upload, out var parts);
        _objects[path] = new Stored([.. parts!.Values.SelectMany(static b => b)], null, TimeProvider.System.GetUtcNow());
        return Xml("CompleteMultipartUploadResult", "ETag", "\"whole\"");
    }

    private static FakeAnswer Xml(string root, string name, string value)
    {
        XNamespace s3 = "http://s3.amazonaws.com/doc/2006-03-01/";
        return new FakeAnswer(200) { Body = Encoding.UTF8.GetBytes(new XElement(s3 + root, new XElement(s3 + name, value)).ToString()) };
    }

    private static FakeAnswer Error(int status, string code) => new(status)
    {
        Body = Encoding.UTF8.GetBytes(new XElement("Error", new XElement("Code", code), new XElement("Message", code)).ToString()),
    };

    private static string Tag(byte[] bytes) => $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}-1\"";

    private sealed record Stored(byte[] Bytes, string? Sha256, DateTimeOffset At);

    private sealed record FakeAnswer(int Status)
    {
        public byte[] Body { get; init; } = [];

        public long? Length { get; init; }

        public Dictionary<string, string> Headers { get; } = [];
    }
}

/// <summary>A request as it came.</summary>
internal sealed record FakeRequest(
    string Method, string Path, System.Collections.Specialized.NameValueCollection Query, byte[] Body);

/// <summary>A fault.</summary>
/// <param name="Status">Status that is answered.</param>
/// <param name="IsAfter">Whether what was asked for is done first, and only the answer is wrong.</param>
/// <param name="BreaksOff">Whether the connection ends in the middle of the answer's body.</param>
/// <param name="Body">A page that is answered; null: nothing.</param>
internal sealed record FakeFault(int Status, bool IsAfter = false, bool BreaksOff = false, string? Body = null);

/// <summary>How a server takes <c>If-None-Match: *</c>.</summary>
internal enum FakeCondition
{
    Kept,
    Ignored,
    Unknown,
}
