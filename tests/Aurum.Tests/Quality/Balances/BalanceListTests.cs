using Aurum.Quality.Balances;
using Aurum.Quality.Suites;
using Aurum.Sources;
using Aurum.Store.Sql;

namespace Aurum.Tests.Quality.Balances;

public sealed class BalanceListTests
{
    private const string Good = """
        balances:
          - balance: x/y
            title: one = other
            unit: MW
            tolerance: 5
            tolerance_share: 0.1
            left: [{ feed: nyiso/load }]
            right: [{ feed: nyiso/fuel-mix, sign: -1, when: fuel_type != "Wind" }]
        """;

    [Fact]
    public void A_balance_is_read_with_its_terms()
    {
        var balance = Assert.Single(BalanceList.Read(Good, "b.yml"));

        Assert.Equal(("x/y", "one = other", "MW"), (balance.Id, balance.Title, balance.Unit));
        Assert.Equal(["nyiso/load", "nyiso/fuel-mix"], balance.Feeds.Select(f => f.Text));
        Assert.Equal(-1, balance.Right[0].Sign);
        Assert.Equal("fuel_type", balance.Right[0].When!.Terms[0].Column);
        Assert.Equal(5 + 20, balance.Limit(-100, 200));
    }

    [Theory]
    [InlineData("sign: -1", "sign: 2", "b.yml:8:43: expected 1 or -1, found 2")]
    [InlineData("tolerance: 5", "tolerance: high", "b.yml:5:16: expected a number, found 'high'")]
    [InlineData("unit: MW", "units: MW", "b.yml:4:5: expected balance, title, unit")]
    [InlineData("left: [{ feed: nyiso/load }]", "left: []", "b.yml:7:11: expected at least one term, found none")]
    [InlineData("{ feed: nyiso/load }", "{ feed: nyiso/load, each: location_id }", "expected places in all terms or in none")]
    [InlineData("tolerance_share: 0.1", "tolerance_share: 10", "a tolerance_share from 0 to 1, found 5 and 10")]
    public void A_mistake_is_named_with_its_place(string good, string bad, string message)
    {
        var wrong = Assert.Throws<SuiteFormatException>(
            () => BalanceList.Read(Good.Replace(good, bad, StringComparison.Ordinal), "b.yml"));

        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_balances_of_one_name_are_refused()
    {
        var twice = Good + Good["balances:".Length..];

        var wrong = Assert.Throws<SuiteFormatException>(() => BalanceList.Read(twice, "b.yml"));
        Assert.Contains("'x/y' again", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Balances_of_the_program_name_feeds_and_columns_that_are_there()
    {
        Assert.NotEmpty(BalanceList.All);
        foreach (var term in BalanceList.All.SelectMany(b => b.Terms))
        {
            var shape = TableShape.Find(FeedCatalog.Find(term.Feed).TableName);
            Assert.Equal(shape.Name == "timeseries_observation", term.Series is not null);
            string?[] columns = [term.Each, .. term.When?.Terms.Select(t => t.Column) ?? []];
            Assert.All(columns.OfType<string>(), c => Assert.Contains(c, shape.AllNames));
        }
    }
}
