using Aurum.Sandbox.Faults;

namespace Aurum.Tests.Sandbox.Faults;

public sealed class FaultPlanTests
{
    [Fact]
    public void The_same_request_and_attempt_meet_the_same_fault_in_any_order()
    {
        var plan = FaultPlan.Heavy(3);
        var forward = Enumerable.Range(1, 500).Select(i => plan.Choose("caiso", $"GET /{i % 50}", 1 + (i / 50), i)).ToArray();
        var backward = Enumerable.Range(1, 500).Reverse()
            .Select(i => FaultPlan.Heavy(3).Choose("caiso", $"GET /{i % 50}", 1 + (i / 50), 9999)).Reverse();
        Assert.Equal(forward, backward);
        Assert.InRange(forward.Count(f => f is not null), 120, 240);
        Assert.NotEqual(forward, Enumerable.Range(1, 500).Select(i =>
            FaultPlan.Heavy(4).Choose("caiso", $"GET /{i % 50}", 1 + (i / 50), i)));
    }

    [Fact]
    public void Every_kind_comes_about_as_often_as_its_probability_says()
    {
        var plan = FaultPlan.Even(1, 0.02);
        var drawn = Enumerable.Range(0, 20_000).Select(i => plan.Choose("eia", $"GET /{i}", 1, i)?.Kind).Where(k => k is not null)
            .GroupBy(k => k!.Value).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.InRange(drawn[kind], 300, 500));
    }

    [Fact]
    public void A_request_is_answered_well_after_as_many_faults_in_a_row_as_the_plan_allows()
    {
        var plan = FaultPlan.Even(1, 1.0, FaultKind.ServerError) with { MostInARow = 3 };
        var faults = Enumerable.Range(1, 4).Select(attempt => plan.Choose("nyiso", "GET /a", attempt, attempt) is not null);
        Assert.Equal([true, true, true, false], faults);
    }

    [Fact]
    public void A_chance_may_hold_at_one_publisher_alone()
    {
        var plan = new FaultPlan(1, [new FaultChance(FaultKind.HtmlPage, 1, "ercot")], []);
        Assert.Null(plan.Choose("caiso", "GET /", 1, 1));
        Assert.Equal(FaultKind.HtmlPage, plan.Choose("ercot", "GET /", 1, 1)?.Kind);
    }

    [Fact]
    public void A_script_names_requests_by_number_or_path()
    {
        var plan = FaultPlan.FromScript("""
            # a comment
            caiso: request 3 -> 429
            nyiso: requests 2-4 -> 503      # three in a row
            eia: path region-data attempts 2 -> 429-retry-after 60
            *: request 9 -> cut-connection
            """);
        Assert.Equal(FaultKind.TooManyRequests, plan.Choose("caiso", "GET /x", 1, 3)?.Kind);
        Assert.Null(plan.Choose("caiso", "GET /x", 1, 4));
        Assert.All([2, 3, 4], n => Assert.Equal(FaultKind.ServiceUnavailable, plan.Choose("nyiso", "GET /x", 1, n)?.Kind));
        Assert.Equal((FaultKind.TooManyRequestsWithRetryAfter, 60), Details(plan.Choose("eia", "GET /v2/region-data?x", 2, 77)));
        Assert.Null(plan.Choose("eia", "GET /v2/region-data?x", 3, 78));
        Assert.Equal(FaultKind.CutConnection, plan.Choose("ercot", "GET /y", 1, 9)?.Kind);

        static (FaultKind, int) Details(Fault? fault) => (fault!.Value.Kind, fault.Value.RetryAfterSeconds);
    }

    [Theory]
    [InlineData("caiso request 3 -> 429")]
    [InlineData("caiso: request three -> 429")]
    [InlineData("caiso: request 3 -> explode")]
    public void A_line_that_is_no_step_is_named(string line)
    {
        var e = Assert.Throws<FormatException>(() => FaultPlan.FromScript("\n" + line));
        Assert.Contains("fault script:2", e.Message, StringComparison.Ordinal);
        Assert.Contains(line, e.Message, StringComparison.Ordinal);
    }
}
