using System.Globalization;
using System.Text;
using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Tests;

/// <summary>Compares output with a file that a person has reviewed. With AURUM_REWRITE_GOLDEN=1 the file is written anew, and the
/// difference is reviewed.</summary>
internal static class Golden
{
    /// <summary>Path of a fixture beside its test: small, synthetic, part of the project.</summary>
    public static string Fixture(string folder, string name) =>
        Path.Combine(Samples.ProjectRoot(), "tests", "Aurum.Tests", folder, "Fixtures", name);

    public static void Check(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("AURUM_REWRITE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{path} is missing; AURUM_REWRITE_GOLDEN=1 makes it");
        Assert.Equal(File.ReadAllText(path), actual);
    }

    /// <summary>What a feed reads out of a file: outcome, notes, and the canonical rows as CSV in the order in which they
    /// came.</summary>
    public static string Print<TRow>(Feed<TRow> feed, FeedFile file)
        where TRow : struct
    {
        var output = new RowList<TRow>();
        var result = feed.Parse(file, output);
        var text = new StringBuilder($"{feed.Id}: {result.Outcome} {result.Why}".TrimEnd()).Append('\n');
        foreach (var note in result.Notes)
        {
            text.Append("note: ").Append(note).Append('\n');
        }

        text.AppendJoin(',', feed.Table.Columns.Select(column => column.Name)).Append('\n');
        foreach (var row in output.Rows)
        {
            text.AppendJoin(',', feed.Table.Columns.Select(column => Cell(feed, column, row))).Append('\n');
        }

        return text.ToString();
    }

    private static string Cell<TRow>(Feed feed, RowColumn<TRow> column, TRow row)
        where TRow : struct => column switch
        {
            FeedColumn<TRow> c => c.Of(feed),
            TextColumn<TRow> c => Encoding.UTF8.GetString(c.Of(in row)),
            NumberColumn<TRow> c => c.Of(in row) is var number && double.IsNaN(number)
                ? ""
                : number.ToString("R", CultureInfo.InvariantCulture),
            InstantColumn<TRow> c => c.Of(in row) is var seconds && seconds == InstantColumn.Unknown
                ? ""
                : $"{Instant.FromUnixTimeSeconds(seconds):uuuu-MM-dd'T'HH:mm:ss'Z'}",
            _ => throw new NotSupportedException(column.GetType().Name),
        };
}
