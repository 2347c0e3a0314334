using NodaTime;

namespace Aurum.Store.Archive;

/// <summary>An archived answer: what was asked for, and which bytes came.</summary>
/// <param name="Fetch">Request and answer; secrets in headers are redacted.</param>
/// <param name="Sha256">SHA-256 of the archived bytes, 64 lower-case hex digits: their address in the archive.</param>
/// <param name="SizeBytes">Length of the archived bytes.</param>
/// <param name="ReceivedAt">When the last byte was received.</param>
/// <param name="ScrubbedSecrets">How many times a secret was blotted out of the body before it was archived.</param>
public sealed record FileRecord(Fetch Fetch, string Sha256, long SizeBytes, Instant ReceivedAt, int ScrubbedSecrets = 0);
