using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks.Curves;

/// <summary>Where the columns of quotes are that expectations about curves look at.</summary>
internal sealed record QuoteColumns(
    int Key, int Units, int TenorType, int Label, int Month, int Mid, int Sheet, int Cell, int Region, int Location, int Product, int Block,
    int Spark)
{
    /// <exception cref="SuiteFormatException">The table is not one of quotes.</exception>
    public static QuoteColumns Of(ExpectationScope scope)
    {
        int Text(string name) => scope.Plan.Slot(name, scope.Expectation.Place, ColumnKind.Text);
        return new QuoteColumns(
            Text("curve_key"), Text("units_raw"), Text("tenor_type"), Text("tenor_label"), Text("contract_month"),
            scope.Plan.Slot("mid", scope.Expectation.Place, ColumnKind.Number), Text("sheet_name"), Text("sheet_cell"), Text("region"),
            Text("location"), Text("product"), Text("block"), Text("spark_location"));
    }
}
