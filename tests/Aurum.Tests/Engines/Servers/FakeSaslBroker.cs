using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Aurum.Tests.Engines.Servers;

/// <summary>As much of a Kafka broker as signing in with SASL PLAIN takes: it says what it knows, takes one password, and answers nothing
/// else. librdkafka's own mock cluster has no SASL.</summary>
internal sealed class FakeSaslBroker : IDisposable
{
    private const short Metadata = 3;
    private const short Handshake = 17;
    private const short Versions = 18;
    private const short Authenticate = 36;
    private const short Refused = 58;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _clients = new();

    public FakeSaslBroker()
    {
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The password that is taken.</summary>
    public string Password { get; set; } = "one";

    /// <summary>Sign-ins: user, password, and whether they were taken.</summary>
    public ConcurrentQueue<(string User, string Password, bool IsTaken)> SignIns { get; } = [];

    /// <summary>Ends all connections.</summary>
    public void Cut()
    {
        foreach (var client in _clients.Keys)
        {
            client.Dispose();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _clients[client] = true;
                _ = Task.Run(() => Speak(client));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task Speak(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            var length = new byte[4];
            while (true)
            {
                await stream.ReadExactlyAsync(length);
                var request = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
                await stream.ReadExactlyAsync(request);
                if (Answer(request) is { } body)
                {
                    byte[] answer = [.. Four(body.Length + 4), .. request.AsSpan(4, 4), .. body];
                    await stream.WriteAsync(answer);
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The client has gone, or was cut.
        }
        finally
        {
            _clients.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private byte[]? Answer(byte[] request)
    {
        // Header: api, version, number, name of the client.
        var rest = request.AsSpan(10 + BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(8)));
        return BinaryPrimitives.ReadInt16BigEndian(request) switch
        {
            // No error; four ranges of versions in the compact form; no throttle.
            Versions =>
            [
                0, 0, 5, .. Range(Versions, 3), .. Range(Metadata, 4), .. Range(Handshake, 1), .. Range(Authenticate, 0), 0, 0, 0, 0, 0,
            ],
            Handshake => [0, 0, 0, 0, 0, 1, 0, 5, .. "PLAIN"u8],
            Authenticate => SignIn(Encoding.UTF8.GetString(rest[4..]).Split('\0')),
            _ => null,
        };
    }

    private byte[] SignIn(string[] words)
    {
        var isTaken = words[2] == Password;
        SignIns.Enqueue((words[1], words[2], isTaken));
        return [.. Two(isTaken ? (short)0 : Refused), .. Two(-1), 0, 0, 0, 0];
    }

    private static byte[] Range(short api, short most) => [.. Two(api), 0, 0, .. Two(most), 0];

    private static byte[] Two(short value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteInt16BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Four(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
