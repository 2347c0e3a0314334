using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.Tests.Quality.Suites;

public sealed class SuiteReaderTests
{
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["a"] = "extends: b\nexpectations: [{ type: expect_column_values_to_not_be_null, column: a }]",
        ["b"] = "extends: c\nlimits: { one: [{ iso_code: X, iso_market: Y, floor: 1, cap: 2 }] }",
        ["c"] = """
            limits:
              one: [{ iso_code: X, iso_market: Y, floor: 4, cap: 5 }]
              two: [{ iso_code: X, iso_market: Y, floor: 6, cap: 7 }]
            expectations: [{ type: expect_column_values_to_not_be_null, column: c, severity: row }]
            """,
        ["round"] = "extends: about",
        ["about"] = "extends: round",
    };

    [Fact]
    public void A_suite_has_the_expectations_and_limits_of_those_that_it_extends_before_its_own()
    {
        var suite = SuiteReader.Read(Texts["a"], "a.yml", Texts.GetValueOrDefault, []);
        Assert.Equal("a", suite.Name);
        Assert.Equal(["c", "a"], suite.Expectations.Select(e => e.Arguments["column"].Texts[0]));
        Assert.Equal([Severity.Row, Severity.Batch], suite.Expectations.Select(e => e.Severity));
        Assert.Equal([("two", 6.0), ("one", 1.0)], suite.Limits.Select(l => (l.Name, l.Limits[0].Floor)));
    }

    [Fact]
    public void Suites_that_extend_each_other_are_named() => Assert.Equal(
        "about.yml:1:10: expected a suite that does not extend this one, found 'round' extends 'about' extends 'round'",
        Assert.Throws<SuiteFormatException>(() => SuiteReader.Read(Texts["round"], "round.yml", Texts.GetValueOrDefault, [])).Message);

    [Fact]
    public void The_suite_of_forecasts_is_that_of_series_and_one_expectation_more()
    {
        var (series, forecasts) = (Suite.Load("timeseries_observation"), Suite.Load("timeseries_forecast"));
        Assert.Equal(
            [.. series.Expectations.Select(e => e.Name), "expect_intervals_to_tile()"], forecasts.Expectations.Select(e => e.Name));
    }

    [Theory]
    [InlineData("expectations: []", "s.yml:1:1: expected at least one expectation, found none")]
    [InlineData("suite: a\n", "s.yml:1:1: expected a list of expectations, found nothing")]
    [InlineData("expectation: []", "s.yml:1:1: expected *, found 'expectation'; the nearest is 'expectations'")]
    [InlineData(
        "expectations:\n  - type: expect_colum_values_to_be_between\n    column: lmp",
        "s.yml:2:11: expected an expectation type, found 'expect_colum_values_to_be_between'; "
        + "the nearest is 'expect_column_values_to_be_between'")]
    [InlineData(
        "expectations:\n- type: expect_column_values_to_not_be_null\n  colum: lmp",
        "s.yml:3:3: expected an argument of *, found 'colum'; the nearest is 'column'")]
    [InlineData("expectations:\n- type: expect_column_values_to_not_be_null", "s.yml:2:3: expected column for *, found none")]
    [InlineData(
        "expectations:\n- { type: expect_column_values_to_not_be_null, column: lmp, severity: wran }",
        "s.yml:2:71: expected row, batch or warn, found 'wran'; the nearest is 'warn'")]
    [InlineData(
        "expectations:\n- { type: expect_table_row_count_to_be_between, min_value: 1, severity: row }",
        "s.yml:2:73: expected batch or warn (expect_table_row_count_to_be_between finds no single row at fault), found 'row'")]
    [InlineData(
        "expectations:\n- { type: expect_column_values_to_not_be_null, column: lmp, mostly: 1.1 }",
        "s.yml:2:69: expected a share from 0 to 1, found '1.1'")]
    [InlineData(
        "expectations:\n- { type: expect_column_values_to_be_between, column: lmp, min_value: cheap }",
        "s.yml:2:71: expected a number, a day or an instant, found 'cheap'")]
    [InlineData(
        "expectations:\n- { type: expect_column_values_to_be_between, column: lmp, min_value: 1, strict_min: perhaps }",
        "s.yml:2:86: expected true or false, found 'perhaps'")]
    [InlineData(
        "expectations:\n- { type: expect_column_values_to_be_in_set, column: lmp, value_set: 5 }",
        "s.yml:2:70: expected a list, found '5'")]
    [InlineData("expectations:\n- expect_it", "s.yml:2:3: expected an expectation, found 'expect_it'")]
    [InlineData("expectations: [\n", "s.yml:2:1: expected YAML, found *")]
    [InlineData("a: 1\na: 2\n", "s.yml:*: expected YAML, found *")]
    [InlineData("", "s.yml:1:1: expected one YAML document, found 0")]
    [InlineData("a: 1\n---\nb: 2\n", "s.yml:1:1: expected one YAML document, found 2")]
    [InlineData("a: &x 1\nb: *x\n", "s.yml:2:4: expected a value, found an alias")]
    [InlineData(
        "expectations:\n- { type: expect_column_values_to_not_be_null, column: lmp, when: lmp ~ 3 }",
        "s.yml:2:67: expected column and comparison *, found 'lmp ~ 3'")]
    [InlineData(
        "limits:\n  a:\n  - { iso_code: X, iso_market: Y, floor: 5, cap: 5 }\nexpectations: []",
        "s.yml:3:5: expected a floor below the cap, found 5 and 5")]
    [InlineData(
        "limits:\n  a:\n  - { iso_code: X, iso_market: Y, from: 2022-01-01, floor: 4, cap: 5 }\nexpectations: []",
        "s.yml:2:3: expected limits of X Y: the first without 'from', each later one with its own, found others")]
    [InlineData(
        "limits:\n  a:\n  - { iso_code: X, iso_market: Y, from: soon, floor: 4, cap: 5 }\nexpectations: []",
        "s.yml:3:41: expected a day like 2022-01-01, found 'soon'")]
    [InlineData(
        "extends: timeseries_observations\nexpectations:\n- { type: expect_column_values_to_not_be_null, column: lmp }",
        "s.yml:1:10: expected the name of a suite, found 'timeseries_observations'; the nearest is 'timeseries_observation'")]
    [InlineData("extends: [iso_lmp]\n", "s.yml:1:10: expected the name of a suite, found a list")]
    [InlineData(
        "suite: iso_lmp\nextends: iso_lmp\n",
        "s.yml:2:10: expected a suite that does not extend this one, found 'iso_lmp' extends 'iso_lmp'")]
    public void A_mistake_is_named_with_its_place(string yaml, string message) =>
        AssertLike(message, Assert.Throws<SuiteFormatException>(() => SuiteReader.Read(yaml, "s.yml")).Message);

    [Theory]
    [InlineData(
        "- { type: expect_column_values_to_not_be_null, column: lpm }",
        "trial.yml:2:56: expected a column of iso_lmp, found 'lpm'; the nearest is 'lmp'")]
    [InlineData(
        "- { type: expect_column_values_to_be_between, column: location_id, min_value: 1 }",
        "trial.yml:2:55: expected a column of kind number or instant, found 'location_id' of kind text")]
    [InlineData("- { type: expect_column_values_to_be_between, column: lmp }",
        "trial.yml:2:3: expected min_value, max_value or both, found neither")]
    [InlineData(
        "- { type: expect_column_values_to_be_between, column: lmp, min_value: 2025-01-01 }",
        "trial.yml:2:71: expected a number, found '2025-01-01'")]
    [InlineData(
        "- { type: expect_column_values_to_be_between, column: interval_start_utc, min_value: 5 }",
        "trial.yml:2:86: expected a day or an instant like *, found '5'")]
    [InlineData(
        "- { type: expect_column_values_to_match_regex, column: location_id, regex: '[' }",
        "trial.yml:2:76: expected a regular expression, found '[' *")]
    [InlineData(
        "- { type: expect_price_within_market_limits, column: lmp, limits: caps }",
        "trial.yml:2:67: expected a table of limits of this suite, found 'caps'")]
    [InlineData(
        "- { type: expect_intervals_to_tile, when: lmp > 0 }",
        "trial.yml:2:43: expected a condition on columns that are the same in all rows *")]
    [InlineData(
        "- { type: expect_column_values_to_not_be_null, column: lmp, when: nod == 'A' }",
        "trial.yml:2:67: expected a column of iso_lmp, found 'nod'*")]
    [InlineData(
        "- { type: expect_column_values_to_not_be_null, column: lmp, when: location_id > 'A' }",
        "trial.yml:2:67: expected ==, !=, in, * found Greater")]
    [InlineData(
        "- { type: expect_column_values_to_not_be_null, column: lmp, when: lmp > much }",
        "trial.yml:2:67: expected a number, found 'much'")]
    [InlineData(
        "- { type: expect_column_values_to_not_be_null, column: lmp, when: 'unit == \"EUR\" and lmpp > 1' }",
        "trial.yml:2:67: expected a column of iso_lmp, found 'lmpp'; the nearest is 'lmp'")]
    public void What_does_not_fit_the_feed_is_an_error_and_no_silent_pass(string expectation, string message) =>
        AssertLike(message, Assert.Throws<SuiteFormatException>(() => Trial.Of(expectation, [])).Message);

    [Fact]
    public void Reads_the_json_of_great_expectations()
    {
        const string Json =
            """
            {
              "expectation_suite_name": "iso_lmp_raw",
              "data_asset_type": "Dataset",
              "expectations": [
                {"expectation_type": "expect_column_values_to_not_be_null",
                 "kwargs": {"column": "lmp", "mostly": 0.99}, "meta": {"notes": "x"}},
                {"expectation_type": "expect_column_values_to_be_between",
                 "kwargs": {"column": "lmp", "min_value": -10000, "max_value": null, "row_condition": "col(\"location_id\") == \"A\"",
                            "condition_parser": "great_expectations__experimental__"}}
              ],
              "meta": {"great_expectations_version": "0.18.0"}
            }
            """;
        var suite = SuiteReader.Read(Json, "iso_lmp_raw.json");
        Assert.Equal("iso_lmp_raw", suite.Name);
        Assert.Equal([0.99, null], suite.Expectations.Select(static e => e.Mostly));
        Assert.All(suite.Expectations, static e => Assert.Equal(Severity.Batch, e.Severity));
        Assert.Equal("expect_column_values_to_be_between(lmp) when col(\"location_id\") == \"A\"", suite.Expectations[1].Name);
        var trial = Trial.Of(SuiteCompiler.Compile(suite, Trial.LmpFeed()), [Trial.Price(-20_000, node: "B"), Trial.Price(5)]);
        Assert.Equal(GateOutcome.Pass, trial.Report.Overall);
        Assert.Equal([2, 1], trial.Report.Results.Select(static r => r.Checked));
    }

    [Fact]
    public void What_is_too_deep_or_too_long_is_refused()
    {
        Assert.Contains("at most 16 levels", Message(new string('[', 100_000)), StringComparison.Ordinal);
        Assert.Contains("at most 1048576 characters", Message(new string(' ', 2_000_000)), StringComparison.Ordinal);

        static string Message(string text) => Assert.Throws<SuiteFormatException>(() => SuiteReader.Read(text, "s.yml")).Message;
    }

    [Fact]
    public void Damaged_suites_fail_by_name_and_never_otherwise()
    {
        foreach (var name in Suite.Names)
        {
            using var stream = typeof(Suite).Assembly.GetManifestResourceStream($"Aurum.Quality.Suites.{name}.yml")!;
            var sound = new StreamReader(stream).ReadToEnd();
            var random = new Random(name.Length);
            for (var i = 0; i < 300; i++)
            {
                ReadDamaged(Damage(sound, random));
            }
        }
    }

    private static void ReadDamaged(string yaml)
    {
        try
        {
            SuiteCompiler.Compile(SuiteReader.Read(yaml, "damaged.yml"), Trial.LmpFeed());
        }
        catch (SuiteFormatException wrong)
        {
            // What it extends is sound, but need not fit a table of prices.
            Assert.Matches("^(damaged|timeseries_observation)\\.yml:", wrong.Message);
            Assert.True(wrong.Place is { Line: >= 1, Column: >= 1 }, wrong.Message);
        }
    }

    private static string Damage(string text, Random random)
    {
        const string Alphabet = "{}[]:,-#&*!|>'\"%@` \n\tab01";
        var letters = text.ToList();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(letters.Count);
            switch (random.Next(3))
            {
                case 0:
                    letters.RemoveAt(at);
                    break;
                case 1:
                    letters.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
                    break;
                default:
                    letters.RemoveRange(at, Math.Min(random.Next(1, 60), letters.Count - at));
                    break;
            }
        }

        return string.Concat(letters);
    }

    /// <summary>Compares with a text in which a star stands for anything.</summary>
    private static void AssertLike(string expected, string found)
    {
        var pattern = "^" + string.Join(".*", expected.Split('*').Select(System.Text.RegularExpressions.Regex.Escape)) + "$";
        Assert.Matches(pattern, found);
    }
}
