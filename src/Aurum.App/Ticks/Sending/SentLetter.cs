using System.Text.Json;

namespace Aurum.App.Ticks.Sending;

/// <summary>A message that the server put aside.</summary>
/// <param name="Position">Its first byte in the stream that was sent.</param>
/// <param name="Text">The reason, and what was expected and found where.</param>
internal readonly record struct SentLetter(long Position, string Text)
{
    /// <summary>The dead letters of a receipt.</summary>
    /// <param name="receipt">The server's answer.</param>
    /// <param name="origin">Place in the stream of the first byte of what was sent.</param>
    public static IReadOnlyList<SentLetter> Of(JsonElement receipt, long origin) =>
    [
        .. receipt.GetProperty("dead_letters").EnumerateArray().Select(l =>
        {
            var field = l.GetProperty("field").GetString();
            var found = l.GetProperty("found").GetString();
            return new SentLetter(
                origin + l.GetProperty("position").GetInt64(),
                $"{l.GetProperty("reason").GetString()}: {(string.IsNullOrEmpty(field) ? "" : $"{field}: ")}"
                    + $"expected {l.GetProperty("expected").GetString()}, found {(string.IsNullOrEmpty(found) ? "nothing" : found)}");
        }),
    ];
}
