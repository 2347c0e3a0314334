using Aurum.Market.Feeds;
using Aurum.Quality.Checks;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Gates;

/// <summary>Turns a suite into a gate for a feed.</summary>
public static class SuiteCompiler
{
    /// <exception cref="SuiteFormatException">The suite names a column that the feed's table does not have, compares it with what
    /// it cannot be, or has no price limit for the feed's market.</exception>
    public static Gate<TRow> Compile<TRow>(Suite suite, Feed<TRow> feed)
        where TRow : struct
    {
        var plan = new ColumnPlan<TRow>(feed);
        var expectations = new List<CompiledExpectation>(suite.Expectations.Count);
        foreach (var expectation in suite.Expectations)
        {
            expectations.Add(Compile(suite, expectation, plan));
        }

        return new Gate<TRow>(suite, feed, plan, expectations);
    }

    private static CompiledExpectation Compile(Suite suite, Expectation expectation, ColumnPlan plan)
    {
        var type = Vocabulary.Find(expectation.Type)
            ?? throw new SuiteFormatException(expectation.Place, "an expectation type", $"'{expectation.Type}'");
        var condition = CompiledCondition.Of(expectation.When, plan);
        if (condition.NeverHolds)
        {
            // Still compiled, so that a misspelt column is found with the first feed and not with the last.
            _ = type.Compile(new ExpectationScope(suite, expectation, plan, Applies: false));
            return new(batch => new Absent(expectation, batch), null, $"{expectation.When!.Text} is not so for {plan.Feed.Id}");
        }

        if (condition.Filter is not null && !type.TakesRowConditions)
        {
            throw new SuiteFormatException(
                expectation.When!.Place,
                $"a condition on columns that are the same in all rows ({expectation.Type} looks at whole series)",
                $"'{expectation.When.Text}'");
        }

        return new(type.Compile(new ExpectationScope(suite, expectation, plan, Applies: true)), condition.Filter, null);
    }

    private sealed class Absent(Expectation expectation, Batch batch) : BatchCheck(expectation, batch)
    {
        public override Tally Finish(Tally rows) => rows;
    }
}
