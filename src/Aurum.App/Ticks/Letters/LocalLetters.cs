using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Ticks;
using Aurum.App.Commands;
using Aurum.App.Ticks.Lanes;
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

    private TickPublisher? _publisher;

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
        var redrive = Redrive();
        var letters = new List<TickLetter>();
        foreach (var id in ids)
        {
            letters.Add(await FindAsync(redrive, id, cancel));
        }

        var done = await Taken(redrive.SendAsync(letters, cancel));
        return [.. done.Select(d => Json(RedrivenShape.Of(d)))];
    }

    public async Task<JsonElement> MendAsync(string id, MendedMessage mended, CancellationToken cancel)
    {
        var redrive = Redrive();
        var letter = await FindAsync(redrive, id, cancel);
        var options = new TickStreamOptions(mended.Format == "csv" ? TickFormat.Csv : TickFormat.JsonLines)
        {
            Tenant = letter.Tenant,
            Market = mended.Market,
        };
        return Json(RedrivenShape.Of(await Taken(redrive.SendAsync(letter, options, Encoding.UTF8.GetBytes(mended.Text), cancel))));
    }

    public ValueTask DisposeAsync()
    {
        _publisher?.Dispose();
        platform.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <exception cref="CommandException">Workers take this store's messages from Kafka, and it is not said where that is.</exception>
    private ILetterRedrive Redrive()
    {
        if (TickPlanes.OwnOf(platform.Ticks) is { } own)
        {
            return new LetterRedrive(own, platform.Store.Ticks);
        }

        var kafka = platform.Options.Kafka ?? throw new CommandException(
            ExitCodes.BadInput, $"expected {TickPlanes.SendThere}, found {TickPlanes.Found}");
        _publisher ??= new TickPublisher(kafka, platform.Store.Ticks, platform.Time, static _ => { });
        return new PublishedRedrive(_publisher, platform.Store, platform.Time);
    }

    private static async Task<T> Taken<T>(Task<T> sending)
    {
        try
        {
            return await sending;
        }
        catch (TickServiceException refused)
        {
            throw new CommandException(ExitCodes.Failed, refused.Message);
        }
    }

    private static async Task<TickLetter> FindAsync(ILetterRedrive redrive, string id, CancellationToken cancel) =>
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
