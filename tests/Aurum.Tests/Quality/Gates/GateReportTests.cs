using Aurum.Quality.Gates;
using Aurum.Quality.Suites;
using NodaTime;

namespace Aurum.Tests.Quality.Gates;

public sealed class GateReportTests
{
    [Fact]
    public void A_bad_day_reads_like_this()
    {
        var day = Trial.Day(2025, 11, 2);
        var rows = Trial.WholeDay(day, 60, "A", "B", "C");
        rows[3] = Trial.Row("A", day.Start + Duration.FromHours(1), 60, double.NaN);
        rows[10] = Trial.Row("B", day.Start + Duration.FromHours(3), 60, 99_000);
        rows[20] = Trial.Row("C", day.Start + Duration.FromHours(6), 60, 30, 20, 5, 4);
        rows.RemoveAt(74);
        rows.Add(Trial.Row("A", day.Start, 60, 31));
        rows.Add(Trial.Row("A", day.End, 60, 31));
        var gate = SuiteCompiler.Compile(Suite.Load("iso_lmp"), Trial.LmpFeed());
        var report = Trial.Of(gate, rows, new GateContext(day, KnownLocations: ["A", "B", "D"])).Report;
        Assert.Equal(
            """
            iso_lmp trial/prices 2025-11-02: BatchFailed, 76 rows, 5 quarantined
            Pass expect_table_columns_to_match_set() 12-0
            Pass expect_column_values_to_be_in_set(iso_market) 76-0
            Pass expect_column_values_to_be_in_set(unit) 76-0
            Warn expect_column_values_to_not_be_null(lmp) 76-1
              A NODE 2025-11-02T08:00:00Z: lmp is unknown
            Pass expect_column_value_lengths_to_be_between(location_id) 76-0
            Warn expect_price_within_market_limits(lmp, plausible_prices) 75-1
              B NODE 2025-11-02T10:00:00Z: lmp 99000 is above the cap of CAISO *, 6000
            Warn expect_price_within_market_limits(lmp, offer_limits) 75-1
              B NODE 2025-11-02T10:00:00Z: lmp 99000 is above the cap of CAISO *, 2000
            Fail expect_components_to_sum_to_lmp() 1-1
              C NODE 2025-11-02T13:00:00Z: energy + congestion + loss is 29, lmp is 30
            Pass expect_column_pair_values_a_to_be_greater_than_b(interval_end_utc, interval_start_utc) 76-0
            Warn expect_interval_in_operating_day() 76-1
              A NODE 2025-11-03T08:00:00Z: interval 2025-11-03T08:00:00Z to 2025-11-03T09:00:00Z is outside operating day 2025-11-02
            Warn expect_no_conflicting_duplicates() 76-1
              A NODE 2025-11-02T07:00:00Z: an earlier row has the same key and other values
            Fail expect_exact_interval_count_of_operating_day() when iso_market == "DAY_AHEAD" 3-1
              C NODE: 24 of 25 intervals, the first missing starts 2025-11-03T07:00:00Z
            NotApplicable expect_exact_interval_count_of_operating_day() when iso_market != "DAY_AHEAD" 0-0
            NotApplicable expect_readings_to_cover_operating_day() 0-0
            Pass expect_intervals_to_tile() 3-0
            Warn expect_known_locations_complete(location_id) 3-1
              D is missing
            NotApplicable expect_known_locations_to_the_last(location_id) when iso_code == "IESO" 0-0
            NotApplicable expect_column_value_z_scores_to_be_less_than(lmp) when location_type in ("HUB", "ZONE", "SYSTEM") 0-0
            NotApplicable expect_column_distribution_to_be_stable(lmp) 0-0
            1 places seen for the first time: C
            why: expect_components_to_sum_to_lmp() ...
            """,
            Print(report));
    }

    [Fact]
    public void Why_a_batch_was_stopped_fits_a_line_each()
    {
        var trial = Trial.Of(
            """
            - { type: expect_table_row_count_to_be_between, min_value: 5 }
            - { type: expect_column_values_to_not_be_null, column: energy, severity: batch }
            - { type: expect_column_values_to_not_be_null, column: loss, severity: warn }
            """,
            [Trial.Price(1)]);
        Assert.Equal(
            "expect_table_row_count_to_be_between() failed for 1 of 1, first: there are 1 rows; expected at least 5 rows; "
            + "expect_column_values_to_not_be_null(energy) failed for 1 of 1, first: A NODE 2025-11-02T07:00:00Z: energy is unknown",
            trial.Report.Why);
    }

    private static string Print(GateReport report) => string.Join('\n', (string[])
    [
        $"{report.Suite} {report.Feed} {report.Day}: {report.Overall}, {report.Rows} rows, {report.Quarantined} quarantined",
        .. report.Results.SelectMany(static r =>
            r.Examples.Select(static e => $"  {e}").Prepend($"{r.Status} {r.Name} {r.Checked}-{r.Failed}")),
        .. report.Notes,
        .. report.Why.Split(" failed for ", 2).Take(1).Select(static w => $"why: {w} ..."),
    ]);
}
