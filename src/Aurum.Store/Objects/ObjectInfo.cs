using NodaTime;

namespace Aurum.Store.Objects;

/// <summary>An object.</summary>
/// <param name="Key">Key below the store's address.</param>
/// <param name="SizeBytes">Length.</param>
/// <param name="ModifiedAt">When it was written, by the server's clock.</param>
/// <param name="Sha256">SHA-256 that was noted with it, hex; null: none was, or a list does not tell.</param>
public sealed record ObjectInfo(string Key, long SizeBytes, Instant ModifiedAt, string? Sha256 = null);

/// <summary>What a server can do beyond the least.</summary>
/// <param name="PutIfAbsent">Whether it refuses a put with <c>If-None-Match: *</c> where the object is there. Otherwise a lease stands
/// in for it.</param>
public sealed record ObjectCapabilities(bool PutIfAbsent);
