using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using System.Text;
using Aurum.Cluster.ClickHouse.Wire;

namespace Aurum.Cluster.ClickHouse;

/// <summary>Speaks with a ClickHouse server over HTTP. Safe from several threads.</summary>
/// <remarks>
/// <para>Every request has a time limit; one that it passes, or that is canceled, is killed at the server by its query id.</para>
/// <para>What may be sent twice is tried again after errors that pass. The answer's status is trustworthy: it is sent when the query has
/// ended.</para>
/// </remarks>
public sealed class ClickHouseClient : IDisposable
{
    /// <summary>The server closes idle connections after three seconds or more.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(2);

    /// <summary>Longest time of the order to kill a query.</summary>
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(2);

    private const int Connections = 16;
    private const int MostErrorBytes = 64 << 10;
    private const double LongestRetrySeconds = 30;

    private readonly HttpClient _http;
    private readonly EngineLogin _login;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly string _idPrefix;
    private long _ids;

    /// <param name="options">Address and limits.</param>
    /// <param name="time">For limits and waits.</param>
    /// <param name="random">Spreads tries, and makes ids of queries that nobody else has.</param>
    /// <exception cref="ArgumentException">A setting is wrong.</exception>
    public ClickHouseClient(ClickHouseOptions options, TimeProvider time, Random random)
    {
        options.Check();
        (Options, _time, _random) = (options, time, random);
        _idPrefix = $"aurum-{random.NextInt64():x16}-";
        _http = new HttpClient(Handler(options)) { BaseAddress = new Uri(options.Url), Timeout = Timeout.InfiniteTimeSpan };
        _login = new EngineLogin(options.Secrets, ("ClickHouse:User", options.User), ("ClickHouse:Password", options.Password));
    }

    public ClickHouseOptions Options { get; }

    private TimeSpan RequestTime => TimeSpan.FromSeconds(Options.RequestTimeoutSeconds);

    /// <summary>Asks for the version.</summary>
    /// <exception cref="ClickHouseException">It can't be reached, or refuses.</exception>
    public async Task<ClickHouseVersion> Version(CancellationToken cancel) =>
        ClickHouseVersion.Parse((await Rows("SELECT version()", static (r, i) => Text(r, 0, i), cancel))[0]);

    /// <summary>Runs a statement once.</summary>
    /// <exception cref="ClickHouseException">It was refused, or not answered in time.</exception>
    public Task Execute(string sql, CancellationToken cancel) =>
        Send(new Request(Verb(sql), "", () => new StringContent(sql), Repeats: false), static (_, _) => Task.CompletedTask, cancel);

    /// <summary>Runs a statement that may run twice, such as CREATE ... IF NOT EXISTS.</summary>
    public Task ExecuteAgain(string sql, CancellationToken cancel) =>
        Send(new Request(Verb(sql), "", () => new StringContent(sql), Repeats: true), static (_, _) => Task.CompletedTask, cancel);

    /// <summary>Ends a query at the server.</summary>
    public Task Kill(string queryId, CancellationToken cancel) =>
        Execute($"KILL QUERY WHERE query_id = {ClickHouseSql.Text(queryId)} ASYNC", cancel);

    /// <summary>Reads the rows of a small answer.</summary>
    internal async Task<List<T>> Rows<T>(string sql, Func<NativeReader, int, T> map, CancellationToken cancel)
    {
        List<T> rows = [];
        await Read(
            sql,
            async (reader, cancelled) =>
            {
                rows.Clear();
                while (await reader.Next(cancelled))
                {
                    for (var i = 0; i < reader.Rows; i++)
                    {
                        rows.Add(map(reader, i));
                    }
                }
            },
            cancel);
        return rows;
    }

    /// <summary>Reads an answer, block by block. The reading begins anew where it has to be tried again.</summary>
    /// <param name="sql">A query without FORMAT.</param>
    /// <param name="read">Reads all blocks.</param>
    /// <param name="cancel">Ends the query, at the server too.</param>
    internal Task Read(string sql, Func<NativeReader, CancellationToken, Task> read, CancellationToken cancel) => Send(
        new Request(Verb(sql), "", () => new StringContent(sql + "\nFORMAT Native"), Repeats: true),
        async (body, cancelled) =>
        {
            using var reader = new NativeReader(body, (long)Options.MaxResponseMiB << 20);
            await read(reader, cancelled);
        },
        cancel);

    /// <summary>Writes blocks to a table. The rows' keys must make it the same to write them twice.</summary>
    /// <param name="table">The table with its database, quoted.</param>
    /// <param name="columns">The columns that the blocks have.</param>
    /// <param name="write">Sends blocks to a stream; asked again for each try, with the same rows.</param>
    /// <param name="cancel">Ends it; what was sent may be stored or not.</param>
    /// <exception cref="ClickHouseException">All or a part of it may not be stored.</exception>
    internal Task Insert(
        string table, IEnumerable<NativeColumn> columns, Func<Stream, CancellationToken, Task> write, CancellationToken cancel)
    {
        var names = string.Join(", ", columns.Select(static c => ClickHouseSql.Name(c.Name)));
        var query = $"INSERT INTO {table} ({names}) FORMAT Native";
        return Send(
            new Request($"INSERT INTO {table}", query, () => new NativeContent(write, Options.Compression == "gzip"), Repeats: true),
            static (_, _) => Task.CompletedTask,
            cancel);
    }

    /// <summary>Writes one block.</summary>
    internal Task Insert(string table, NativeBlock block, CancellationToken cancel) =>
        Insert(table, block.Columns, async (to, cancelled) => await block.Send(to, cancelled), cancel);

    public void Dispose() => _http.Dispose();

    /// <summary>A text cell as a string, for small answers.</summary>
    internal static string Text(NativeReader reader, int column, int row) => Encoding.UTF8.GetString(reader[column].Text(row));

    private async Task Send(Request request, Func<Stream, CancellationToken, Task> read, CancellationToken cancel)
    {
        try
        {
            await SendAgain(request, read, cancel);
        }
        catch (SecretGoneException e)
        {
            throw new ClickHouseException($"ClickHouse: {request.What}: {e.Message}", inner: e);
        }
    }

    private async Task SendAgain(Request request, Func<Stream, CancellationToken, Task> read, CancellationToken cancel)
    {
        var renewals = 0;
        for (var attempt = 1; ; attempt++)
        {
            var keys = _login.Present();
            try
            {
                await SendOnce(request, keys, read, cancel);
                return;
            }
            catch (ClickHouseException e) when (e.IsLogin && renewals++ == 0)
            {
                // What was refused is surely not done: once more where there is another password by now.
                if (!await _login.RenewLater(keys, cancel))
                {
                    throw;
                }
            }
            catch (ClickHouseException e) when (request.Repeats && e.MayPass && attempt < Options.Attempts)
            {
                await Task.Delay(Pause(attempt), _time, cancel);
            }
        }
    }

    private async Task SendOnce(
        Request request, IReadOnlyList<string?> keys, Func<Stream, CancellationToken, Task> read, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(RequestTime, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        var id = string.Create(CultureInfo.InvariantCulture, $"{_idPrefix}{Interlocked.Increment(ref _ids)}");
        using var message = Message(Address(id, request.Query), keys, request.Body());
        try
        {
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);
            await using var body = await answer.Content.ReadAsStreamAsync(both.Token);
            if (!answer.IsSuccessStatusCode)
            {
                throw ClickHouseException.Of(await Start(body, both.Token), (int)answer.StatusCode, request.What);
            }

            await read(body, both.Token);
        }
        catch (OperationCanceledException e)
        {
            if (both.IsCancellationRequested)
            {
                await KillQuietly(id, keys);
            }

            cancel.ThrowIfCancellationRequested();
            throw new ClickHouseException(
                both.IsCancellationRequested
                    ? $"ClickHouse: {request.What}: expected an answer of {Options.Url} within {Options.RequestTimeoutSeconds} s, "
                        + "found none"
                    : $"ClickHouse: {request.What}: no connection to {Options.Url} within {Options.ConnectTimeoutSeconds} s",
                inner: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // What the writer of the body threw is its own; it comes out as it was.
            if (message.Content is NativeContent { Failure: { } failure } && !both.IsCancellationRequested)
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            cancel.ThrowIfCancellationRequested();
            throw new ClickHouseException($"ClickHouse: {request.What}: no answer of {Options.Url}: {Reason(e)}", inner: e);
        }
    }

    private TimeSpan Pause(int attempt)
    {
        var least = Math.Min(LongestRetrySeconds, Options.RetryMilliseconds / 1e3 * Math.Pow(2, attempt - 1));
        lock (_random)
        {
            return TimeSpan.FromSeconds(least * (1 + _random.NextDouble()));
        }
    }

    /// <summary>The server goes on with a query whose asker has gone, so it is told; that it may not hear it changes nothing.</summary>
    private async Task KillQuietly(string id, IReadOnlyList<string?> keys)
    {
        using var limit = new CancellationTokenSource(KillTime, _time);
        using var message = Message(
            Address(id + "-kill", ""), keys, new StringContent($"KILL QUERY WHERE query_id = {ClickHouseSql.Text(id)} ASYNC"));
        try
        {
            using var answer = await _http.SendAsync(message, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // The first error is the one to tell.
        }
    }

    /// <param name="address">Path and query.</param>
    /// <param name="keys">User and password.</param>
    /// <param name="body">What is sent.</param>
    private static HttpRequestMessage Message(string address, IReadOnlyList<string?> keys, HttpContent body)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = body };
        message.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keys[0]}:{keys[1]}")));
        return message;
    }

    private string Address(string id, string query)
    {
        var address = $"/?query_id={id}&wait_end_of_query=1";
        if (Options.Compression == "gzip")
        {
            address += "&enable_http_compression=1";
        }

        return query.Length == 0 ? address : $"{address}&query={Uri.EscapeDataString(query)}";
    }

    private static async Task<string> Start(Stream body, CancellationToken cancel)
    {
        var bytes = new byte[MostErrorBytes];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static string Reason(Exception e) => e.InnerException is { } inner ? $"{e.Message} ({inner.Message})" : e.Message;

    /// <summary>A statement in words, without its values.</summary>
    private static string Verb(string sql)
    {
        var line = sql.AsSpan().TrimStart();
        var end = line.IndexOfAny("\n('");
        line = end < 0 ? line : line[..end];
        return line[..Math.Min(line.Length, 100)].TrimEnd().ToString();
    }

    private static SocketsHttpHandler Handler(ClickHouseOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(options.ConnectTimeoutSeconds),
            PooledConnectionIdleTimeout = IdleTime,
            MaxConnectionsPerServer = Connections,
            AllowAutoRedirect = false,
            AutomaticDecompression = options.Compression == "gzip" ? DecompressionMethods.GZip : DecompressionMethods.None,
        };
        if (options.CaFile is { } file)
        {
            handler.SslOptions.CertificateChainPolicy = CompanyTrust.In(file);
        }

        return handler;
    }

    /// <param name="What">In words, for errors.</param>
    /// <param name="Query">Statement in the address; empty: the body is the statement.</param>
    /// <param name="Body">Makes the body, once a try.</param>
    /// <param name="Repeats">Whether it may be sent twice.</param>
    private sealed record Request(string What, string Query, Func<HttpContent> Body, bool Repeats);
}
