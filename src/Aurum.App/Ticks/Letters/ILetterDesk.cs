using System.Text.Json;

namespace Aurum.App.Ticks.Letters;

/// <summary>Dead letters of a running server, or of a data directory that nobody has open. Both give what the HTTP API gives.</summary>
internal interface ILetterDesk : IAsyncDisposable
{
    /// <summary>The letters that a filter lets through, oldest first, in pages.</summary>
    IAsyncEnumerable<IReadOnlyList<JsonElement>> ListAsync(LetterFilter filter, CancellationToken cancel);

    /// <summary>Sends letters again as they came; each is sent once, whoever asks how often.</summary>
    /// <returns>What became of each.</returns>
    Task<IReadOnlyList<JsonElement>> RedriveAsync(IReadOnlyList<string> ids, CancellationToken cancel);

    /// <summary>Sends a mended message in place of a letter's.</summary>
    Task<JsonElement> MendAsync(string id, MendedMessage mended, CancellationToken cancel);
}
