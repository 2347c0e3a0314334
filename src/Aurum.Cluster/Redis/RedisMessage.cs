namespace Aurum.Cluster.Redis;

/// <summary>Something that came on a channel.</summary>
/// <param name="Channel">The channel; empty where <see cref="IsGap"/>.</param>
/// <param name="Payload">What was published.</param>
/// <param name="IsGap">Messages may have been missed before this: the first connection, one that was made again, or a reader who was too
/// slow. Who needs every change looks at the store now.</param>
public readonly record struct RedisMessage(string Channel, ReadOnlyMemory<byte> Payload, bool IsGap);
