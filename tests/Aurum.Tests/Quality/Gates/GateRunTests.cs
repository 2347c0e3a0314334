using Aurum.Market.Power;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;
using NodaTime;

namespace Aurum.Tests.Quality.Gates;

public sealed class GateRunTests
{
    private const string Positive = "- { type: expect_column_values_to_be_between, column: lmp, min_value: 0, severity: ";

    [Theory]
    [InlineData("row }", 100, CheckStatus.Warn, GateOutcome.PassWithQuarantine, 100)]
    [InlineData("row, mostly: 0.9 }", 10, CheckStatus.Warn, GateOutcome.PassWithQuarantine, 10)]
    [InlineData("row, mostly: 0.9 }", 11, CheckStatus.Fail, GateOutcome.BatchFailed, 11)]
    [InlineData("row, mostly: 1 }", 1, CheckStatus.Fail, GateOutcome.BatchFailed, 1)]
    [InlineData("row }", 0, CheckStatus.Pass, GateOutcome.Pass, 0)]
    [InlineData("batch }", 1, CheckStatus.Fail, GateOutcome.BatchFailed, 0)]
    [InlineData("batch, mostly: 0.99 }", 1, CheckStatus.Pass, GateOutcome.Pass, 0)]
    [InlineData("batch, mostly: 0.99 }", 2, CheckStatus.Fail, GateOutcome.BatchFailed, 0)]
    [InlineData("warn }", 1, CheckStatus.Warn, GateOutcome.Pass, 0)]
    [InlineData("warn, mostly: 0.5 }", 50, CheckStatus.Pass, GateOutcome.Pass, 0)]
    public void Severity_and_mostly_decide_what_a_failure_does(
        string severity, int failing, CheckStatus status, GateOutcome overall, int quarantined)
    {
        var rows = Enumerable.Range(0, 100).Select(i => Trial.Price(i < failing ? -1 : 1)).ToList();
        var trial = Trial.Of(Positive + severity, rows);
        Assert.Equal((status, overall), (trial.Result.Status, trial.Report.Overall));
        Assert.Equal((100 - failing) / 100.0, trial.Result.ObservedFraction);
        Assert.Equal(quarantined, trial.Failed.Count);
        Assert.Equal((quarantined, 100 - quarantined), (trial.Report.Quarantined, trial.Report.Accepted));
    }

    [Fact]
    public void A_batch_without_rows_fails_no_expectation_of_rows()
    {
        var trial = Trial.Of(Positive + "row, mostly: 1 }", []);
        Assert.Equal((GateOutcome.Pass, null), (trial.Report.Overall, trial.Result.ObservedFraction));
    }

    [Fact]
    public void A_row_keeps_the_first_expectation_that_it_failed_as_its_reason()
    {
        const string Two =
            """
            - { type: expect_column_values_to_be_between, column: lmp, min_value: 0, severity: row }
            - { type: expect_column_values_to_be_in_set, column: location_id, value_set: [A], severity: row }
            """;
        var trial = Trial.Of(Two, [Trial.Price(-1, node: "B"), Trial.Price(1, node: "B")]);
        Assert.Equal(["lmp -1 is below 0", "location_id 'B' is not one of A"], trial.Reasons);
        Assert.Equal([1, 2], trial.Report.Results.Select(static r => r.Failed));
        Assert.Equal(2, trial.Report.Quarantined);
    }

    [Fact]
    public void Verdicts_name_the_expectation_and_refuse_rows_that_passed()
    {
        var run = SuiteCompiler.Compile(Trial.Suite(Positive + "row }"), Trial.LmpFeed()).Begin(new GateContext());
        var verdicts = new RowVerdicts();
        run.Check(new[] { Trial.Price(1), Trial.Price(-1) }, verdicts);
        Assert.False(verdicts.AllPass);
        Assert.Equal(2UL, verdicts.FailedBits[0]);
        Assert.Equal("expect_column_values_to_be_between(lmp)", verdicts.FirstFailure(1).Name);
        Assert.Throws<ArgumentException>(() => verdicts.Reason(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => verdicts.IsFailed(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => verdicts.IsFailed(-1));
    }

    [Fact]
    public void The_report_keeps_a_few_examples_however_many_rows_fail()
    {
        var trial = Trial.Of(Positive + "row }", Enumerable.Repeat(Trial.Price(-1), 5000).ToList());
        Assert.Equal(ExpectationResult.MaxExamples, trial.Result.Examples.Count);
        Assert.Equal(5000, trial.Result.Failed);
    }

    [Fact]
    public void A_gate_serves_any_number_of_runs_that_know_nothing_of_each_other()
    {
        var gate =
            SuiteCompiler.Compile(Trial.Suite("- { type: expect_no_conflicting_duplicates, severity: row }"), Trial.LmpFeed());
        Assert.Empty(Trial.Of(gate, [Trial.Price(1)]).Failed);
        Assert.Empty(Trial.Of(gate, [Trial.Price(2)]).Failed);
    }

    [Fact]
    public void What_is_no_batch_is_refused()
    {
        var run = SuiteCompiler.Compile(Trial.Suite(Positive + "row }"), Trial.LmpFeed()).Begin(new GateContext());
        var rows = new LmpRow[GateRun<LmpRow>.MaxRowsPerCheck + 1];
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Check(rows, new RowVerdicts()));
    }

    [Theory]
    [InlineData("lmp > 10 and ghg is null", new[] { 2 })]
    [InlineData("lmp >= 10", new[] { 1, 2 })]
    [InlineData("lmp < 10", new[] { 0 })]
    [InlineData("lmp <= 10", new[] { 0, 1 })]
    [InlineData("lmp == 10", new[] { 1 })]
    [InlineData("lmp != 10", new[] { 0, 2 })]
    [InlineData("lmp in (5, 20)", new[] { 0, 2 })]
    [InlineData("location_id == 'A'", new[] { 0, 2 })]
    [InlineData("location_id != \"A\"", new[] { 1 })]
    [InlineData("location_id in [A, B]", new[] { 0, 1, 2 })]
    [InlineData("lmp is null", new[] { 3 })]
    [InlineData("lmp is not null", new[] { 0, 1, 2 })]
    [InlineData("interval_start_utc >= 2025-11-02T08:00:00Z", new[] { 1, 2, 3 })]
    [InlineData("unit == \"USD/MWh\"", new[] { 0, 1, 2, 3 })]
    [InlineData("unit == \"EUR/MWh\"", new int[0])]
    public void A_condition_says_which_rows_an_expectation_is_about(string condition, int[] rows)
    {
        var all = new[] { Trial.Price(5), Trial.Price(10, 1, "B"), Trial.Price(20, 2), Trial.Price(double.NaN, 3, "") };
        var quoted = condition.Replace("'", "''", StringComparison.Ordinal);
        var trial =
            Trial.Of($"- {{ type: expect_column_values_to_not_be_null, column: energy, when: '{quoted}', severity: row }}", all);
        Assert.Equal(rows, trial.Failed);
    }

    [Fact]
    public void Accepted_and_quarantined_are_all_rows_whatever_comes_and_however_it_is_cut()
    {
        var gate = SuiteCompiler.Compile(Suite.Load("iso_lmp"), Trial.LmpFeed());
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var rows = Enumerable.Range(0, random.Next(0, 400)).Select(_ => Wild(random)).ToList();
            var context = new GateContext(random.Next(2) == 0 ? null : Trial.Day(2025, 11, 2), KnownLocations: ["N0", "N1"]);
            var whole = Trial.Of(gate, rows, context);
            var cut = Trial.Of(gate, rows, context, batch: random.Next(1, 200));
            Assert.Equal(rows.Count, whole.Report.Accepted + whole.Report.Quarantined);
            Assert.Equal(whole.Failed.Count, whole.Report.Quarantined);
            Assert.Equal(whole.Failed, cut.Failed);
            Assert.Equal(whole.Reasons, cut.Reasons);
            Assert.Equal(whole.Report.Results.Select(static r => (r.Checked, r.Failed)),
                cut.Report.Results.Select(static r => (r.Checked, r.Failed)));
            Assert.Equal(whole.Report.Overall, cut.Report.Overall);
        }
    }

    private static LmpRow Wild(Random random)
    {
        double[] values = [1, 2, -200, 7000, -9999, double.NaN, double.PositiveInfinity, 0];
        var start = Trial.Day(2025, 11, 2).Start + Duration.FromMinutes(random.Next(-120, 1800));
        return Trial.Row(
            random.Next(5) == 0 ? "" : $"N{random.Next(4)}", start, random.Next(3) * 30,
            values[random.Next(values.Length)], values[random.Next(values.Length)], values[random.Next(values.Length)],
            values[random.Next(values.Length)]);
    }
}
