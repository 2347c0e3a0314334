using System.Globalization;
using System.Text.Json.Serialization;
using Aurum.App.Api.Requests;
using Aurum.App.Running;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Api.Resources;

/// <summary>The body of <c>POST /v1/backfill</c>.</summary>
/// <param name="Feeds">Feed ids.</param>
/// <param name="From">First operating day, YYYY-MM-DD.</param>
/// <param name="To">Last operating day; the feed's last one where not given.</param>
/// <param name="DryRun">Tell the cost and stop.</param>
/// <param name="Force">Ask for days again that are already there, at once; leaves no job.</param>
/// <param name="Priority">1 goes first, 10 last.</param>
/// <param name="Detach">Answer with the job, which goes on when the client leaves.</param>
internal sealed record BackfillRequest(
    IReadOnlyList<string> Feeds, string From, string? To = null, bool DryRun = false, bool Force = false,
    int Priority = BackfillOrder.DefaultPriority, bool Detach = false)
{
    public static BackfillRequest Of(BackfillOrder order, bool isDetached) => new(
        order.Feeds,
        LocalDatePattern.Iso.Format(order.From),
        order.To is { } to ? LocalDatePattern.Iso.Format(to) : null,
        order.IsDryRun,
        order.IsForced,
        order.Priority,
        isDetached);

    /// <exception cref="RequestFormatException">A date is none, or what has no job is to be detached; names the field.</exception>
    public BackfillOrder ToOrder()
    {
        if (Detach && (DryRun || Force))
        {
            throw new RequestFormatException("detach", "an order that becomes a job", DryRun ? "dry_run" : "force");
        }

        return new BackfillOrder(Feeds, Date("from", From), To is null ? null : Date("to", To), DryRun, Force) { Priority = Priority };
    }

    private static LocalDate Date(string field, string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } date
        ? date.Value
        : throw new RequestFormatException(
            field, "a date like 2026-11-20", string.Create(CultureInfo.InvariantCulture, $"'{text}'"));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(BackfillRequest))]
[JsonSerializable(typeof(BackfillEvent))]
internal sealed partial class BackfillJson : JsonSerializerContext;
