using System.Globalization;
using System.IO.Compression;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using Aurum.Tests.Sandbox;
using NodaTime;

namespace Aurum.Tests.Sources.Drift;

/// <summary>Every feed's file, changed in all the ways in which publishers change theirs: it is read as before, or its change is named;
/// never does a cell come out under another name.</summary>
public sealed class ChangedFilesTests
{
    private static readonly SandboxNetwork Network = new(new World(7));

    /// <summary>Files in which every column but the time is a place: one more is one more place, by the name that it has.</summary>
    private static readonly string[] PlacesAsColumns = ["nyiso/load-forecast", "spp/load", "spp/tie-flows", "spp/tie-flows-west"];

    /// <summary>A business day, the first of a month, a Monday, and a day of the year in which the west of SPP has begun.</summary>
    private static readonly LocalDate[] Dates = [new(2025, 10, 31), new(2025, 10, 1), new(2025, 10, 27), new(2026, 6, 15)];

    public static TheoryData<string> Feeds => [.. Network.Truth.Feeds.Select(f => f.Text)];

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task No_changed_file_crashes_and_none_puts_a_value_under_a_wrong_name(string id)
    {
        var feed = FeedCatalog.Find(new FeedId(id));
        foreach (var date in Dates)
        {
            if (await FileOf(feed, feed.Day(date)) is { } file && await feed.Accept(new Trial(file)) is var tried and > 0)
            {
                Assert.True(tried >= 2, $"{id}: only {tried} changes fit");
                return;
            }
        }

        Assert.Fail($"{id}: no day has a file with rows");
    }

    private static async Task<FeedFile?> FileOf(Feed feed, OperatingDay day)
    {
        var now = feed.Schedule.KeptDays is null or > 30
            ? Instant.Max(day.End + Duration.FromHours(4), day.Start + feed.Schedule.CompleteAt + Duration.FromHours(1))
            : day.End - Duration.FromHours(1);
        using var client = new SandboxClient(Network, now);
        var request = feed.Locate(day, now) is [var first, ..] ? first : null;
        var file = request is null ? null : await client.GetAsync(request, day);
        var isListing = file is not null && request!.FileName.Contains("_list_", StringComparison.Ordinal);
        return isListing && feed.NextPage(request!, file!) is { } document ? await client.GetAsync(document, day) : file;
    }

    /// <summary>Reads a file with every change and holds the rows against those of the file as it was.</summary>
    private sealed class Trial(FeedFile file) : IFeedVisitor<Task<int>>
    {
        public Task<int> Visit<TRow>(Feed<TRow> feed)
            where TRow : struct
        {
            var before = Known(feed.Table, Read(feed, file).Rows);
            var tried = 0;
            if (before.Count == 0)
            {
                return Task.FromResult(tried);
            }

            foreach (var mutation in MutationsOf(TextOf(file)))
            {
                if (mutation.ApplyTo(file) is not { } changed
                    || (PlacesAsColumns.Contains(feed.Id.Text) && mutation.IsOfNames))
                {
                    continue;
                }

                tried++;
                var (error, rows) = Read(feed, changed);
                if (error is not null)
                {
                    Assert.False(mutation.KeepsMeaning, $"{feed.Id}, {mutation.Name}: {error.Message}");
                    Assert.True(error.Expected.Length > 0 && error.Found.Length > 0, $"{feed.Id}, {mutation.Name}: {error.Message}");
                    continue;
                }

                Hold(feed, mutation, before, rows);
            }

            return Task.FromResult(tried);
        }

        private static void Hold<TRow>(Feed<TRow> feed, Mutation mutation, Dictionary<string, string[]> before, List<TRow> rows)
            where TRow : struct
        {
            var known = Known(feed.Table, rows);
            if (Contradict(feed.Table, rows, known))
            {
                // Two values under one key: the gate holds such rows back, and the batch where they are many.
                return;
            }

            foreach (var (key, values) in known)
            {
                // A name in other words is a name, a kind of place in other words is none that is known.
                if (key.Contains("|OTHER|", StringComparison.Ordinal) || key.Contains(Mutation.Words, StringComparison.OrdinalIgnoreCase)
                    || key.Contains(Mutation.Renamed, StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                Assert.True(
                    before.TryGetValue(key, out var expected), $"{feed.Id}, {mutation.Name}: {key} was not in the file");
                for (var i = 0; i < values.Length; i++)
                {
                    Assert.True(
                        values[i] == expected[i] || values[i].Length == 0
                            || values[i].Contains(Mutation.Words, StringComparison.Ordinal),
                        $"{feed.Id}, {mutation.Name}: {key} is {values[i]}, was {expected[i]}");
                }
            }

            if (mutation.TakesColumn)
            {
                HoldNumbers(feed, mutation, before, known);
            }
        }

        /// <summary>A number that came under another name is missed: rows of nothing but unknowns are worse than none.</summary>
        private static void HoldNumbers<TRow>(
            Feed<TRow> feed, Mutation mutation, Dictionary<string, string[]> before, Dictionary<string, string[]> known)
            where TRow : struct
        {
            var columns = feed.Table.Columns.Where(c => c.Role == ColumnRole.Value).ToList();
            for (var i = 0; i < columns.Count; i++)
            {
                var isLost = columns[i] is NumberColumn<TRow>
                    && known.Any(row => before.TryGetValue(row.Key, out var was) && was[i].Length > 0)
                    && known.All(row => row.Value[i].Length == 0);
                Assert.False(isLost, $"{feed.Id}, {mutation.Name}: no row has its {columns[i].Name} any more");
            }
        }

        private static bool Contradict<TRow>(RowTable<TRow> table, List<TRow> rows, Dictionary<string, string[]> known)
            where TRow : struct => rows.Any(row =>
                !known[string.Join('|', Texts(table, row, ColumnRole.Key))].SequenceEqual(Texts(table, row, ColumnRole.Value)));

        private static (FeedFormatException? Error, List<TRow> Rows) Read<TRow>(Feed<TRow> feed, FeedFile file)
            where TRow : struct
        {
            var rows = new RowList<TRow>();
            try
            {
                feed.Parse(file, rows);
                return (null, rows.Rows);
            }
            catch (FeedFormatException e)
            {
                return (e, []);
            }
        }
    }

    private static IEnumerable<Mutation> MutationsOf(string text) => text.TrimStart() switch
    {
        ['<', ..] => Mutation.OfXml(text),
        ['{' or '[', ..] => Mutation.OfJson(text),
        _ => Mutation.OfCsv(text),
    };

    private static string TextOf(FeedFile file)
    {
        using var stream = file.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        if (!bytes.ToArray().AsSpan().StartsWith("PK"u8))
        {
            return Encoding.UTF8.GetString(bytes.ToArray());
        }

        using var zip = new ZipArchive(bytes);
        using var reader = new StreamReader(zip.Entries[0].Open());
        return reader.ReadToEnd();
    }

    /// <summary>Rows as texts: key, and values in the order of the table.</summary>
    private static Dictionary<string, string[]> Known<TRow>(RowTable<TRow> table, List<TRow> rows)
        where TRow : struct
    {
        var known = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            known[string.Join('|', Texts(table, row, ColumnRole.Key))] = [.. Texts(table, row, ColumnRole.Value)];
        }

        return known;
    }

    private static IEnumerable<string> Texts<TRow>(RowTable<TRow> table, TRow row, ColumnRole role)
        where TRow : struct => table.Columns.Where(c => c.Role == role).Select(column => column switch
        {
            TextColumn<TRow> c => Encoding.UTF8.GetString(c.Of(row)),
            NumberColumn<TRow> c => double.IsNaN(c.Of(row)) ? "" : c.Of(row).ToString("R", CultureInfo.InvariantCulture),
            InstantColumn<TRow> c => c.Of(row) == InstantColumn.Unknown ? "" : c.Of(row).ToString(CultureInfo.InvariantCulture),
            _ => "",
        });
}
