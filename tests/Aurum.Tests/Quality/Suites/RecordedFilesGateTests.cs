using Aurum.Market.Feeds;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;
using Aurum.Sources;

namespace Aurum.Tests.Quality.Suites;

/// <summary>What publishers really sent is not quarantined: the shipped suites are about faults, not about the market's own
/// ways.</summary>
public sealed class RecordedFilesGateTests
{
    private static readonly string[] Publishers = ["caiso", "nyiso", "ercot", "eia", "pjm", "miso"];

    // Hours and runs that the recorded files really lack.
    private static readonly string[] RealGaps =
    [
        "lmp_20160218_realtime_zone_reduced.csv: expect_intervals_to_tile()",
        "sld_ren_forecast.xml: expect_intervals_to_tile()",
    ];

    [Fact]
    public void No_row_of_a_recorded_file_is_quarantined()
    {
        var (files, warnings) = (0, new List<string>());
        foreach (var path in Publishers.SelectMany(Samples.Files))
        {
            if (FeedDetection.Detect(path).Feed?.Accept(new SampleRun(path)) is { } report)
            {
                files++;
                Assert.True(
                    report.Overall == GateOutcome.Pass,
                    $"{Path.GetFileName(path)}: {report.Quarantined} quarantined; {report.Why}");
                warnings.AddRange(report.Results.Where(static r => !r.Success)
                    .Select(r => $"{Path.GetFileName(path)}: {r.Name}"));
            }
        }

        Assert.True(files >= 25, $"only {files} recorded files hold data");
        Assert.Equal(RealGaps, warnings.Order(StringComparer.Ordinal));
    }

    /// <summary>Recorded files are parts of days: they are checked without asking for whole ones.</summary>
    private sealed class SampleRun(string path) : IFeedVisitor<GateReport?>
    {
        public GateReport? Visit<TRow>(Feed<TRow> feed)
            where TRow : struct
        {
            var rows = new RowList<TRow>();
            return IsData(feed, rows)
                ? Trial.Of(SuiteCompiler.Compile(Suite.Load(feed.Suite), feed), rows.Rows, new GateContext(DayIsComplete: false))
                    .Report
                : null;
        }

        private bool IsData<TRow>(Feed<TRow> feed, RowList<TRow> rows)
            where TRow : struct
        {
            try
            {
                return feed.Parse(FeedFile.FromPath(path), rows).Outcome == Outcome.Data;
            }
            catch (FeedFormatException)
            {
                // A recorded file that is cut or wrong; the tests of its feed hold which one is and how.
                return false;
            }
        }
    }
}
