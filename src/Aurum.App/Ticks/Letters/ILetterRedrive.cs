using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using Aurum.Ticks;

namespace Aurum.App.Ticks.Letters;

/// <summary>Sends dead letters again, each once: through the pipeline of this process (<see cref="LetterRedrive"/>), or to Kafka for the
/// workers that fill the store (<see cref="PublishedRedrive"/>). A letter that fails again is another letter.</summary>
internal interface ILetterRedrive
{
    /// <summary>The letters with these ids; an unknown one is null.</summary>
    Task<IReadOnlyList<TickLetter?>> FindAsync(IReadOnlyList<TickToken> ids, CancellationToken cancel);

    /// <summary>The letters that a filter lets through and that were not sent again.</summary>
    Task<IReadOnlyList<TickLetter>> FindAsync(TickLetterQuery query, CancellationToken cancel);

    /// <summary>Sends letters again as they came.</summary>
    /// <returns>What became of each, in their order.</returns>
    /// <exception cref="TickServiceException">They are not taken now. What was sent before that stays sent.</exception>
    Task<IReadOnlyList<RedrivenLetter>> SendAsync(IReadOnlyList<TickLetter> letters, CancellationToken cancel);

    /// <summary>Sends a mended message in place of a letter's.</summary>
    /// <exception cref="TickServiceException">It is not taken now.</exception>
    Task<RedrivenLetter> SendAsync(
        TickLetter letter, TickStreamOptions options, ReadOnlyMemory<byte> mended, CancellationToken cancel);
}
