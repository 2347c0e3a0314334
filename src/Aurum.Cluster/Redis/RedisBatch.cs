using System.Buffers;
using Aurum.Cluster.Redis.Wire;

namespace Aurum.Cluster.Redis;

/// <summary>Commands that are sent as one piece and answered together: the cheapest way of many. Not for several threads; may be
/// cleared and filled again once its replies are there.</summary>
/// <remarks>No transaction: another client's commands may come in between, and one that is refused stops no other.</remarks>
public sealed class RedisBatch
{
    private readonly ArrayBufferWriter<byte> _bytes = new(4 << 10);

    /// <summary>Commands in it.</summary>
    public int Count { get; private set; }

    public int Bytes => _bytes.WrittenCount;

    internal ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Add(ReadOnlySpan<RedisArgument> command)
    {
        RespWriter.Write(_bytes, command);
        Count++;
    }

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        Count = 0;
    }
}
