using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Store.Reading;
using Aurum.Store.Sinks;
using NodaTime;

namespace Aurum.Cluster.Contracts;

/// <summary>A row that a delivery held back, or a file of it that was refused.</summary>
/// <param name="Feed">Feed.</param>
/// <param name="Message">What was expected, what was found.</param>
/// <param name="Action">What a person can do.</param>
/// <param name="KnownAt">When it was known.</param>
/// <param name="Context">What else is known of it.</param>
/// <param name="RowJson">The row; null: it is a file.</param>
internal sealed record DeliveryLetter(
    FeedId Feed, string Message, string Action, Instant KnownAt, (string Name, string? Value)[] Context, string? RowJson)
{
    /// <summary>Rows, then files, in the order of their numbers.</summary>
    public static IEnumerable<DeliveryLetter> Of(SinkDelivery delivery) =>
        delivery.Quarantined().Select(r => Of(r, delivery.Entry)).Concat(delivery.DeadLetters().Select(l => Of(l, delivery.Entry)));

    private static DeliveryLetter Of(QuarantinedRow row, OutboxEntry entry) => new(
        row.Feed,
        $"{row.Expectation}: {row.Reason}",
        "look at the row and release or drop it",
        row.KnownAt,
        [
            ("table", row.Table), ("day", Day(row.Day)), ("delivery", Number(entry.Id)), ("quarantine_id", Number(row.Id)),
            ("file_id", Number(row.FileId)), ("line", row.Line is { } line ? Number(line) : null), ("expectation", row.Expectation),
        ],
        row.RowJson);

    private static DeliveryLetter Of(DeadLetterRecord letter, OutboxEntry entry) => new(
        letter.Feed,
        $"{letter.Place}: expected {letter.Expected}, found {letter.Found}",
        "the file is in the archive: mend the reader or ask the publisher, then 'aurum replay'",
        letter.KnownAt,
        [
            ("table", entry.Table), ("day", Day(letter.Day)), ("delivery", Number(entry.Id)), ("dead_letter_id", Number(letter.Id)),
            ("file_id", Number(letter.FileId)), ("place", letter.Place),
        ],
        null);

    private static string Day(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
