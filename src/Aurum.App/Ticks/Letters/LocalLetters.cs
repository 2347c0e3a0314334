using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Ticks;
using Aurum.App.Commands;
using Aurum.App.Ticks.Served;
using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;
using NodaTime;

namespace Aurum.App.Ticks.Letters;

/// <summary>Dead letters of a data directory that nobody else has open.</summary>
/// <param name="platform">The directory; closed with this.</param>
internal sealed class LocalLetters(Platform platform) : ILetterDesk
{
    private const int PageLetters = 1_000;

    private static readonly JsonSerializerOptions Forms = NewForms();

    public async IAsyncEnumerable<IReadOnlyList<JsonElement>> ListAsync(
        LetterFilter filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        await platform.Ticks.SettleAsync(cancel);
        if (filter.Id is { } id)
        {
            yield return platform.Store.Ticks.FindDeadLetter(TokenOf(id)) is { } letter ? [Json(LetterShape.Of(letter))] : [];
            yield break;
        }

        var query = QueryOf(filter);
        while (true)
        {
            var letters = platform.Store.Ticks.DeadLetters(query).ToList();
            yield return [.. letters.Select(l => Json(LetterShape.Of(l)))];
            if (letters.Count < PageLetters)
            {
                yield break;
            }

            query = query with { After = letters[^1].Id };
        }
    }

    public async Task<IReadOnlyList<JsonElement>> RedriveAsync(IReadOnlyList<string> ids, CancellationToken cancel)
    {
        var redrive = new LetterRedrive(Intake, platform.Store.Ticks);
        var letters = new List<TickLetter>();
        foreach (var id in ids)
        {
            letters.Add(await FindAsync(redrive, id, cancel));
        }

        var done = await redrive.SendAsync(letters, cancel);
        return [.. done.Select(d => Json(RedrivenShape.Of(d)))];
    }

    public async Task<JsonElement> MendAsync(string id, MendedMessage mended, CancellationToken cancel)
    {
        var redrive = new LetterRedrive(Intake, platform.Store.Ticks);
        var letter = await FindAsync(redrive, id, cancel);
        var options = new TickStreamOptions(mended.Format == "csv" ? TickFormat.Csv : TickFormat.JsonLines)
        {
            Tenant = letter.Tenant,
            Market = mended.Market,
        };
        return Json(RedrivenShape.Of(await redrive.SendAsync(letter, options, Encoding.UTF8.GetBytes(mended.Text), cancel)));
    }

    public ValueTask DisposeAsync()
    {
        platform.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <exception cref="CommandException">Workers take this store's messages from Kafka.</exception>
    private TickService Intake => platform.Ticks as TickService ?? throw new CommandException(
        ExitCodes.BadInput, $"expected {TickPlanes.RedriveThere}, found {TickPlanes.Found}");

    private static async Task<TickLetter> FindAsync(LetterRedrive redrive, string id, CancellationToken cancel) =>
        (await redrive.FindAsync([TokenOf(id)], cancel))[0]
            ?? throw new CommandException(ExitCodes.BadInput, $"there is no dead letter {id}: 'aurum ticks dlq' lists them");

    private static TickToken TokenOf(string id) => TickToken.TryParse(id, out var token)
        ? token
        : throw new CommandException(ExitCodes.BadInput, $"expected the id of a dead letter, like 12.0, found '{id}'");

    private static TickLetterQuery QueryOf(LetterFilter filter) => new()
    {
        Tenant = filter.Tenant,
        Reason = filter.Reason is { } reason ? Enum.Parse<DeadLetterReason>(reason) : null,
        Stream = filter.Stream,
        Since = filter.Since is null ? null
            : TimeText.TryParse(filter.Since, out var instant, out var date)
                ? date is { } day ? day.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant() : instant
                : throw new CommandException(ExitCodes.BadInput, $"--since: expected {TimeText.Forms}, found '{filter.Since}'"),
        PendingOnly = filter.PendingOnly,
        Limit = PageLetters,
    };

    private static JsonElement Json<T>(T shape) => JsonSerializer.SerializeToElement(shape, Forms);

    private static JsonSerializerOptions NewForms()
    {
        var options = new JsonSerializerOptions();
        JsonForms.Configure(options);
        return options;
    }
}
