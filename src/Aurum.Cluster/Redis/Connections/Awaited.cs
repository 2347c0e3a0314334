using Aurum.Cluster.Redis.Wire;

namespace Aurum.Cluster.Redis.Connections;

/// <summary>Replies that are waited for, in the order of their commands.</summary>
/// <param name="sentAt">Timestamp of the clock when they were asked for.</param>
internal abstract class Awaited(long sentAt)
{
    public long SentAt => sentAt;

    /// <summary>Commands behind it.</summary>
    public abstract int Commands { get; }

    /// <summary>Takes a reply.</summary>
    /// <returns>Whether it was the last one.</returns>
    public abstract bool Take(in RespValue reply);

    public abstract void Fail(RedisException fault);
}

/// <summary>The reply to one command.</summary>
internal sealed class AwaitedReply(long sentAt) : Awaited(sentAt)
{
    private readonly TaskCompletionSource<RespValue> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<RespValue> Reply => _reply.Task;

    public override int Commands => 1;

    public override bool Take(in RespValue reply)
    {
        if (reply.IsError)
        {
            _reply.TrySetException(RedisRefusal.Of(reply));
        }
        else
        {
            _reply.TrySetResult(reply);
        }

        return true;
    }

    public override void Fail(RedisException fault) => _reply.TrySetException(fault);
}

/// <summary>The replies to a batch, or to a subscription to several channels.</summary>
internal sealed class AwaitedReplies(int count, long sentAt, bool isSubscription) : Awaited(sentAt)
{
    private readonly TaskCompletionSource<RespValue[]> _replies = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RespValue[] _found = new RespValue[count];
    private int _count;

    public Task<RespValue[]> Replies => _replies.Task;

    /// <summary>Whether pushes answer it: those of a subscription do.</summary>
    public bool IsSubscription => isSubscription;

    public override int Commands => count;

    public override bool Take(in RespValue reply)
    {
        _found[_count++] = reply;
        if (isSubscription && reply.IsError)
        {
            // One refusal answers the whole command.
            _replies.TrySetResult([reply]);
            return true;
        }

        if (_count < count)
        {
            return false;
        }

        _replies.TrySetResult(_found);
        return true;
    }

    public override void Fail(RedisException fault) => _replies.TrySetException(fault);
}
