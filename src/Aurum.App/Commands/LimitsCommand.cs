using System.CommandLine;
using System.Text.Json;
using Aurum.App.Health;
using Aurum.App.Output;

namespace Aurum.App.Commands;

/// <summary><c>aurum limits</c>: what publishers may be asked for, how much of it is used and how often it was broken. <c>aurum status
/// --publishers</c>: how it goes with each publisher.</summary>
internal static class LimitsCommand
{
    private static readonly (string Name, bool IsNumber)[] LimitColumns =
    [
        ("site", false), ("feed", false), ("limit", false), ("used", true), ("allowed", true), ("headroom", true), ("near", false),
        ("throttled", true), ("overdrawn", true), ("refused", true), ("nodes", false),
    ];

    private static readonly (string Name, bool IsNumber)[] PublisherColumns =
    [
        ("provider", false), ("status", false), ("breaker", false), ("tries", true), ("success_rate", true), ("error_rate", true),
        ("last_outcome", false), ("last_success_utc", false), ("lag_minutes", true), ("late_feeds", true), ("last_error", false),
    ];

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var format = FormatOption.Create();
        var all = new Option<bool>("--all") { Description = "also what has no limit" };
        var command = new Command(
            "limits", "Show the limits of publishers' sites and datasets: use, headroom, violations.") { format, all };
        command.SetAction(async (parsed, cancel) =>
        {
            var sites = await AdminSource.Read(
                parsed.GetRequiredValue(data),
                "/v1/admin/external/ratelimits",
                static p => RateLimitStanding.All(p.Sites),
                console,
                cancel);
            var rows = sites.EnumerateArray().SelectMany(LimitRows);
            AdminSource.Print(
                [.. rows.Where(r => parsed.GetValue(all) || r[4].ValueKind != JsonValueKind.Null)], LimitColumns,
                parsed.GetValue(format) ?? console.DefaultFormat, console);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>One row for each publisher.</summary>
    public static async Task<int> PrintPublishers(
        string dataDirectory, RowFormat? format, CommandConsole console, CancellationToken cancel)
    {
        var publishers = await AdminSource.Read(
            dataDirectory,
            "/v1/admin/external/health",
            static p => ProviderHealth.All(
                p.Store, Sources.FeedCatalog.All, p.Sites, NodaTime.Instant.FromDateTimeOffset(p.Time.GetUtcNow())),
            console,
            cancel);
        AdminSource.Print(
            [.. publishers.EnumerateArray().Select(PublisherRow)], PublisherColumns, format ?? console.DefaultFormat, console);
        return ExitCodes.Done;
    }

    private static IEnumerable<JsonElement[]> LimitRows(JsonElement scope) =>
        scope.GetProperty("limits").EnumerateArray().Select(limit => (JsonElement[])
        [
            scope.GetProperty("site"), scope.GetProperty("feed"), limit.GetProperty("name"), limit.GetProperty("used"),
            limit.GetProperty("allowed"), limit.GetProperty("headroom"), Near(limit.GetProperty("is_near")), scope.GetProperty("throttled"),
            scope.GetProperty("overdrawn"), scope.GetProperty("refused"), scope.GetProperty("nodes"),
        ]);

    /// <summary>As a person reads it: a word where it matters, else nothing.</summary>
    private static JsonElement Near(JsonElement isNear) => isNear.GetBoolean() ? JsonSerializer.SerializeToElement("yes") : default;

    /// <summary>A share to a tenth of a percent.</summary>
    private static JsonElement Share(JsonElement share) => share.ValueKind == JsonValueKind.Number
        ? JsonSerializer.SerializeToElement(Math.Round(share.GetDouble(), 3))
        : share;

    /// <summary>An instant to the second, as the other tables have it.</summary>
    private static JsonElement Second(JsonElement instant) => instant.GetString() is { } text && text.IndexOf('.') is var dot and > 0
        ? JsonSerializer.SerializeToElement(text[..dot] + "Z")
        : instant;

    private static JsonElement[] PublisherRow(JsonElement publisher)
    {
        var circuits = publisher.GetProperty("circuits").EnumerateArray().Select(c => c.GetProperty("state").GetString()!).ToList();
        var breaker = circuits.Find(state => state != "Closed") ?? (circuits.Count > 0 ? circuits[0] : "");
        var error = publisher.GetProperty("last_error");
        return
        [
            publisher.GetProperty("provider"), publisher.GetProperty("status"), JsonSerializer.SerializeToElement(breaker),
            publisher.GetProperty("tries"), Share(publisher.GetProperty("success_rate")), Share(publisher.GetProperty("error_rate")),
            publisher.GetProperty("last_outcome"), Second(publisher.GetProperty("last_success_utc")), publisher.GetProperty("lag_minutes"),
            publisher.GetProperty("late_feeds"), error.ValueKind == JsonValueKind.Null ? error : error.GetProperty("why"),
        ];
    }
}
