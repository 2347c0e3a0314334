using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aurum.Tests.Engines.Servers;

/// <summary>Takes every connection and answers nothing, as a server that hangs.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _clients = [];
    private readonly Task _accepting;

    public SilentServer()
    {
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
                _clients.Add(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }
}
