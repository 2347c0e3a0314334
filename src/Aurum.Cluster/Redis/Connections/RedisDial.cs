using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Aurum.Cluster.Redis.Wire;

namespace Aurum.Cluster.Redis.Connections;

/// <summary>Connects: TCP, encryption where asked for, RESP3 with login, database.</summary>
internal static class RedisDial
{
    /// <summary>Connects with the password as it is now. Where it is refused, it is asked for anew, once.</summary>
    /// <param name="options">Where, and as whom.</param>
    /// <param name="time">The clock.</param>
    /// <param name="pushed">Takes what was not asked for.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The connection, and what the server said of itself.</returns>
    /// <exception cref="RedisException">Any step failed, or all of them took longer than they may.</exception>
    public static async Task<(RedisConnection Connection, RedisGreeting Greeting)> Open(
        RedisOptions options, TimeProvider time, Action<RespValue> pushed, CancellationToken cancel)
    {
        var login = new EngineLogin(options.Secrets, ("Redis:User", options.User), ("Redis:Password", options.Password));
        try
        {
            var keys = login.Present();
            try
            {
                return await OpenAs(keys, options, time, pushed, cancel);
            }
            catch (RedisException fault) when (fault.Fault == RedisFault.Login)
            {
                if (!await login.RenewLater(keys, cancel))
                {
                    throw;
                }

                return await OpenAs(login.Present(), options, time, pushed, cancel);
            }
        }
        catch (SecretGoneException error)
        {
            throw new RedisException(RedisFault.Login, $"{options.Address}: {error.Message}", error);
        }
    }

    private static async Task<(RedisConnection Connection, RedisGreeting Greeting)> OpenAs(
        IReadOnlyList<string?> keys, RedisOptions settings, TimeProvider time, Action<RespValue> pushed, CancellationToken cancel)
    {
        var options = settings with { User = keys[0], Password = keys[1] };
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.ConnectTimeoutMs), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        RedisConnection? connection = null;
        try
        {
            var stream = await Connect(options, both.Token);
            connection = new RedisConnection(stream, options, time, pushed);
            connection.Start();
            var greeting = await Greet(connection, options, both.Token);
            return (connection, greeting);
        }
        catch (Exception error)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            cancel.ThrowIfCancellationRequested();
            throw error switch
            {
                RedisException { Fault: RedisFault.Refused or RedisFault.Login or RedisFault.Protocol } fault => Explained(fault, options),
                RedisException fault => fault,
                OperationCanceledException => new RedisException(
                    RedisFault.Timeout,
                    $"{options.Address}: no connection within {options.ConnectTimeoutMs} ms (Redis:ConnectTimeoutMs)", error),
                SocketException or IOException => new RedisException(
                    RedisFault.Unreachable, $"{options.Address}: {error.Message}", error),
                AuthenticationException => new RedisException(
                    RedisFault.Unreachable, $"{options.Address}: TLS failed: {error.Message}", error),
                _ => error,
            };
        }
    }

    private static async Task<Stream> Connect(RedisOptions options, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancel);
            var plain = new NetworkStream(socket, ownsSocket: true);
            return options.Tls ? await Encrypt(plain, options, cancel) : plain;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> Encrypt(Stream plain, RedisOptions options, CancellationToken cancel)
    {
        var encrypted = new SslStream(plain);
        try
        {
            var settings = new SslClientAuthenticationOptions { TargetHost = options.Host };
            if (options.TlsCaFile is { } file)
            {
                settings.CertificateChainPolicy = CompanyTrust.In(file);
            }

            await encrypted.AuthenticateAsClientAsync(settings, cancel);
            return encrypted;
        }
        catch
        {
            await encrypted.DisposeAsync();
            throw;
        }
    }

    private static async Task<RedisGreeting> Greet(RedisConnection connection, RedisOptions options, CancellationToken cancel)
    {
        var hello = await (options.Password is { } password
            ? connection.Call(["HELLO", 3, "AUTH", options.User ?? "default", password, "SETNAME", options.Namespace])
            : connection.Call(["HELLO", 3, "SETNAME", options.Namespace])).WaitAsync(cancel);
        var greeting = RedisGreeting.Of(hello);
        if (options.Database != 0)
        {
            await connection.Call(["SELECT", options.Database]).WaitAsync(cancel);
        }

        return greeting.Mode != "cluster"
            ? greeting
            : throw new RedisException(
                RedisFault.Refused, "the server is a node of a Redis cluster; Aurum speaks with one server, or with what stands for it");
    }

    private static RedisException Explained(RedisException fault, RedisOptions options)
    {
        var why = fault.Code switch
        {
            "WRONGPASS" => $"user '{options.User ?? "default"}' and its password are not taken (Redis:User, Redis:Password)",
            "NOAUTH" => "the server wants a login (Redis:User, Redis:Password)",
            "NOPERM" => $"user '{options.User ?? "default"}' lacks a right: {fault.Message}",
            "ERR" when fault.Message.Contains("unknown command", StringComparison.OrdinalIgnoreCase) =>
                "the server speaks no RESP3; Redis 6 or newer is needed",
            "ERR" when fault.Message.Contains("DB index", StringComparison.OrdinalIgnoreCase) =>
                $"the server has no database {options.Database} (Redis:Database)",
            _ => fault.Message,
        };
        return new RedisException(fault.Fault, $"{options.Address}: {why}", fault) { Code = fault.Code };
    }
}

/// <summary>What a server says of itself.</summary>
/// <param name="Version">As 7.0.15.</param>
/// <param name="Mode">standalone, sentinel or cluster.</param>
/// <param name="Role">master or replica.</param>
internal sealed record RedisGreeting(string Version, string Mode, string Role)
{
    public static RedisGreeting Of(RespValue hello) => new(Part(hello, "version"), Part(hello, "mode"), Part(hello, "role"));

    private static string Part(RespValue hello, string name) => hello[name] is { Kind: RespKind.Text } part ? part.Text : "";
}
