using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Aurum.Tests.Engines.Servers;

/// <summary>Takes every connection and answers nothing, or begins an answer and never ends it, as a server that hangs.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _clients = [];
    private readonly byte[] _opening;
    private readonly Task _accepting;

    /// <param name="opening">What every request is answered with before the silence; empty: nothing.</param>
    public SilentServer(string opening = "")
    {
        _opening = Encoding.ASCII.GetBytes(opening);
        _listener.Start();
        _accepting = Accept();
    }

    public Uri Address =>
        new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"));

    /// <summary>Connections that it has taken.</summary>
    public int Taken => _clients.Count;

    public void Dispose()
    {
        _listener.Stop();
        _accepting.GetAwaiter().GetResult();
        _clients.ForEach(static c => c.Dispose());
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _clients.Add(client);
                _ = Begin(client);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private async Task Begin(TcpClient client)
    {
        if (_opening.Length == 0)
        {
            return;
        }

        try
        {
            var stream = client.GetStream();
            _ = await stream.ReadAsync(new byte[4 << 10]);
            await stream.WriteAsync(_opening);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The client has gone.
        }
    }
}
