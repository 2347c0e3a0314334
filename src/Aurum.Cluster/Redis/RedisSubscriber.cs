using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aurum.Cluster.Redis.Connections;
using Aurum.Cluster.Redis.Wire;

namespace Aurum.Cluster.Redis;

/// <summary>Follows channels on a connection of its own, and again after it was lost. One reader.</summary>
/// <remarks>Redis sends a message to those who listen at that moment and keeps none. So every stretch begins with a message that says
/// that some may have been missed.</remarks>
public sealed class RedisSubscriber : IAsyncDisposable
{
    /// <summary>Messages that wait for the reader at most; then the oldest are dropped, and the reader is told.</summary>
    private const int MostWaiting = 10_000;

    private readonly RedisLink _link;
    private readonly RedisMetrics? _metrics;
    private readonly IReadOnlyList<string> _channels;
    private readonly Channel<RedisMessage> _messages;
    private int _dropped;

    /// <param name="options">Checked settings.</param>
    /// <param name="channels">Names of channels; one that ends in <c>*</c> is a pattern. One at least.</param>
    /// <param name="time">The clock.</param>
    /// <param name="chance">For the jitter of waits; not shared with others.</param>
    /// <param name="metrics">Counts messages; null: nobody.</param>
    /// <param name="tell">Told when the connection is lost and when it is there again; null: nobody.</param>
    public RedisSubscriber(
        RedisOptions options,
        IReadOnlyList<string> channels,
        TimeProvider time,
        Random chance,
        RedisMetrics? metrics = null,
        Action<string>? tell = null)
    {
        options.Check();
        ArgumentOutOfRangeException.ThrowIfZero(channels.Count);
        (_channels, _metrics) = (channels, metrics);
        _messages = Channel.CreateBounded<RedisMessage>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped));
        _link = new RedisLink(options, time, chance, Take, Subscribe, new RedisState(options.Address, metrics, tell).Change);
    }

    /// <summary>Whether the channels are followed now.</summary>
    public bool IsConnected => _link.Connection is not null;

    /// <summary>Messages as they come, until cancelled.</summary>
    public async IAsyncEnumerable<RedisMessage> Read([EnumeratorCancellation] CancellationToken cancel)
    {
        _link.Start();
        await foreach (var message in _messages.Reader.ReadAllAsync(cancel))
        {
            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
            {
                _metrics?.Messages("dropped", dropped);
                yield return new RedisMessage("", default, IsGap: true);
            }

            yield return message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        _messages.Writer.TryComplete();
    }

    private async Task Subscribe(RedisConnection connection, CancellationToken cancel)
    {
        await Subscribe(connection, "SUBSCRIBE", [.. _channels.Where(static c => !c.EndsWith('*'))], cancel);
        await Subscribe(connection, "PSUBSCRIBE", [.. _channels.Where(static c => c.EndsWith('*'))], cancel);
        _messages.Writer.TryWrite(new RedisMessage("", default, IsGap: true));
    }

    private static async Task Subscribe(RedisConnection connection, string command, string[] channels, CancellationToken cancel)
    {
        if (channels.Length == 0)
        {
            return;
        }

        var words = new RedisArgument[channels.Length + 1];
        words[0] = command;
        for (var i = 0; i < channels.Length; i++)
        {
            words[i + 1] = channels[i];
        }

        var replies = await connection.Subscribe(words).WaitAsync(cancel);
        if (RedisClient.RefusalIn(replies) is { } refusal)
        {
            throw refusal;
        }
    }

    private void Take(RespValue push)
    {
        RedisMessage? message = push.Items switch
        {
            [var kind, var channel, var payload] when kind.Text == "message" => new(channel.Text, payload.Bytes, IsGap: false),
            [var kind, _, var channel, var payload] when kind.Text == "pmessage" => new(channel.Text, payload.Bytes, IsGap: false),
            _ => null,
        };
        if (message is { } found)
        {
            _metrics?.Messages("received", 1);
            _messages.Writer.TryWrite(found);
        }
    }
}
