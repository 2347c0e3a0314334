using System.Globalization;
using Aurum.App.Configuration;
using Aurum.App.Output;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Served;
using Aurum.Market.Ticks;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary>Prints bars as they are stored, in the order and with the columns of those of a file. What a killed process left in
/// the journal is brought into the tables first; where a server has the folder open, it answers, a page at a time.</summary>
internal static class StoredBars
{
    private const int MaxBars = 100_000_000;

    private const string Columns =
        "instrument_id, interval, start_utc, open, high, low, close, volume, vwap, count, revision";

    private const string JsonColumns = Columns + ", tenant_id, end_utc, twap, partial_start, partial_end";

    public static async Task<int> Print(
        string dataDirectory, StoredBarsArguments arguments, CommandConsole console, CancellationToken cancel)
    {
        await SqlSource.Ask(
            dataDirectory,
            store =>
            {
                var options = OptionsReader.Read(dataDirectory);
                if (!TickPlanes.IsOfWorkers(store, options))
                {
                    TickService.Recover(store, options.Ticks);
                }

                using var rows = store.Read.Sql(SqlOf(arguments, null), MaxBars, cancel);
                ResultPrinter.Print(rows, console.Out, arguments.Format);
                return true;
            },
            async server =>
            {
                await new RemoteBars(server).Print(frame => SqlOf(arguments, frame), arguments.Format, console, cancel);
                return true;
            },
            console,
            cancel);
        return ExitCodes.Done;
    }

    /// <param name="arguments">Which bars.</param>
    /// <param name="lastFrame">The frame up to which they came; null: all.</param>
    internal static string SqlOf(StoredBarsArguments arguments, long? lastFrame)
    {
        List<string> wanted = ["true"];
        if (lastFrame is { } frame)
        {
            wanted.Add(string.Create(CultureInfo.InvariantCulture, $"frame <= {frame}"));
        }

        if (arguments.Intervals.Count > 0)
        {
            wanted.Add($"interval IN ({string.Join(", ", arguments.Intervals.Select(i => $"'{i.Name()}'"))})");
        }

        if (arguments.Tenant is { } tenant)
        {
            wanted.Add($"tenant_id = '{tenant.Replace("'", "''", StringComparison.Ordinal)}'");
        }

        Add(wanted, "start_utc >=", arguments.Start);
        Add(wanted, "start_utc <", arguments.End);
        Add(wanted, "known_at <=", arguments.AsOf);
        var bars = $"bars WHERE {string.Join(" AND ", wanted)}";
        var latest = arguments.AllRevisions ? bars : $"""
            (SELECT *, row_number() OVER (PARTITION BY tenant_id, instrument_id, interval, start_utc ORDER BY revision DESC) AS nth
             FROM {bars}) b WHERE nth = 1
            """;
        var length = string.Join(' ', BarIntervals.All.Select((interval, i) => $"WHEN '{interval.Name()}' THEN {Text(i)}"));
        var columns = arguments.Format == RowFormat.Json ? JsonColumns : Columns;
        return $"SELECT {columns} FROM {latest} "
            + $"ORDER BY tenant_id, instrument_id, CASE interval {length} END, start_utc, revision";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Add(List<string> wanted, string condition, Instant? time)
    {
        if (time is { } instant)
        {
            wanted.Add($"{condition} TIMESTAMPTZ '{InstantPattern.ExtendedIso.Format(instant)}'");
        }
    }
}

/// <summary>Which stored bars to print.</summary>
internal sealed record StoredBarsArguments(
    IReadOnlyList<BarInterval> Intervals,
    string? Tenant,
    Instant? Start,
    Instant? End,
    Instant? AsOf,
    bool AllRevisions,
    RowFormat Format);
