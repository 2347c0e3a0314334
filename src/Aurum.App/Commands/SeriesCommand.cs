using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aurum.App.Output;
using Aurum.App.Series;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary><c>aurum series [SEARCH]</c>: what the providers say of their series. <c>aurum series values PROVIDER ID</c>: the values of
/// one, with <c>--fallback</c> filled from its declared substitutes.</summary>
internal static class SeriesCommand
{
    private const int MaxRows = 1_000_000;

    private static readonly (string Name, bool IsNumber)[] FilledColumns =
    [
        ("interval_start_utc", false), ("interval_end_utc", false), ("value", true), ("unit", false), ("provider", false),
        ("series_id", false), ("substituted_for", false), ("substitute_factor", true), ("issued_at_utc", false), ("flags", false),
        ("known_at", false), ("revision", true),
    ];

    public static Command Create(CommandConsole console, Option<string> data)
    {
        var words = new Argument<string[]>("SEARCH")
        {
            Description = "words that must all stand in id, title, description, notes, tags or place",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var provider = TextOption("--provider", "entries of one provider", "NAME");
        var category = TextOption("--category", "one kind of entry: series, station, indicator, ...", "NAME");
        var unit = TextOption("--unit", "entries in one unit, for example USD/bbl", "CODE");
        var format = FormatOption.Create();
        var command = new Command("series", "List what the providers say of their series.") { words, provider, category, unit, format };
        command.SetAction(async (parsed, cancel) =>
        {
            var sql = Catalog(
                parsed.GetValue(words) ?? [], parsed.GetValue(provider), parsed.GetValue(category), parsed.GetValue(unit));
            await SqlSource.Print(
                parsed.GetRequiredValue(data), sql, MaxRows, parsed.GetValue(format) ?? console.DefaultFormat, console, cancel);
            return ExitCodes.Done;
        });
        command.Add(CreateValues(console, data));
        return command;
    }

    private static Command CreateValues(CommandConsole console, Option<string> data)
    {
        var provider = new Argument<string>("PROVIDER") { Description = "who publishes it, for example fred" };
        var id = new Argument<string>("SERIES") { Description = "its id, as 'aurum series' lists it" };
        var from = TextOption("--from", "first interval start", "DAY");
        var to = TextOption("--to", "last interval start", "DAY");
        var fallback = new Option<bool>("--fallback")
        {
            Description = "fill intervals without a value from declared substitutes; each filled row says so",
        };
        var format = FormatOption.Create();
        var command = new Command("values", "Print the values of a series.") { provider, id, from, to, fallback, format };
        command.SetAction(async (parsed, cancel) =>
        {
            var series = new SeriesName(parsed.GetRequiredValue(provider), parsed.GetRequiredValue(id));
            var first = parsed.GetValue(from) is { } start ? Dates.Parse(start, "--from") : (LocalDate?)null;
            var last = parsed.GetValue(to) is { } end ? Dates.Parse(end, "--to") : (LocalDate?)null;
            var chosen = parsed.GetValue(format) ?? console.DefaultFormat;
            if (parsed.GetValue(fallback))
            {
                await PrintFilled(parsed.GetRequiredValue(data), series, first, last?.PlusDays(1), chosen, console, cancel);
            }
            else
            {
                await SqlSource.Print(
                    parsed.GetRequiredValue(data), Values(series, first, last?.PlusDays(1)), MaxRows, chosen, console, cancel);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static string Catalog(IReadOnlyList<string> words, string? provider, string? category, string? unit)
    {
        var conditions = new List<string> { "true" };
        AddEqual(conditions, "provider", provider);
        AddEqual(conditions, "category", category);
        AddEqual(conditions, "unit_code", unit);
        conditions.AddRange(words.Select(word =>
            $"position(lower({Quoted(word)}) in lower(concat_ws(' ', series_id, title, description, tags, notes, geo_id))) > 0"));
        return $"""
            select provider, series_id, category, unit_code, frequency_code as frequency, start_date, end_date, title
            from series_catalog_current where {string.Join(" and ", conditions)} order by provider, series_id
            """;
    }

    private static string Values(SeriesName series, LocalDate? from, LocalDate? end)
    {
        var conditions = new List<string>();
        AddEqual(conditions, "provider", series.Provider);
        AddEqual(conditions, "series_id", series.Id);
        if (from is { } first)
        {
            conditions.Add($"interval_start_utc >= '{first:uuuu-MM-dd}T00:00:00Z'");
        }

        if (end is { } last)
        {
            conditions.Add($"interval_start_utc < '{last:uuuu-MM-dd}T00:00:00Z'");
        }

        return $"""
            select interval_start_utc, interval_end_utc, value, unit, provider, series_id, issued_at_utc, flags, known_at, revision
            from timeseries_observation_current where {string.Join(" and ", conditions)} order by interval_start_utc, issued_at_utc
            """;
    }

    private static async Task PrintFilled(
        string dataDirectory, SeriesName series, LocalDate? from, LocalDate? end, RowFormat format, CommandConsole console,
        CancellationToken cancel)
    {
        var (start, until) = (Midnight(from), Midnight(end));
        var path = $"/v1/series/filled?provider={Uri.EscapeDataString(series.Provider)}&series_id={Uri.EscapeDataString(series.Id)}"
            + (from is { } first ? $"&start={first:uuuu-MM-dd}" : "") + (end is { } last ? $"&end={last:uuuu-MM-dd}" : "");
        var rows = await AdminSource.ReadPages(
            dataDirectory,
            path,
            platform => new FilledSeries(platform.Store.Read).Read(
                series, new FilledWindow(start, until, platform.Clock.GetCurrentInstant()), MaxRows, cancel),
            console,
            cancel);
        AdminSource.Print(
            [.. rows.Select(row => (JsonElement[])[.. FilledColumns.Select(c => row.GetProperty(c.Name))])], FilledColumns, format,
            console);
    }

    private static Option<string?> TextOption(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static Instant? Midnight(LocalDate? date) => date is { } day ? day.AtMidnight().InUtc().ToInstant() : null;

    private static void AddEqual(List<string> conditions, string column, string? value)
    {
        if (value is not null)
        {
            conditions.Add($"{column} = {Quoted(value)}");
        }
    }

    /// <summary>Text as SQL writes it.</summary>
    private static string Quoted(string text) =>
        string.Create(CultureInfo.InvariantCulture, $"'{text.Replace("'", "''", StringComparison.Ordinal)}'");
}
