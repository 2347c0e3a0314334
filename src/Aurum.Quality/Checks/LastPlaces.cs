using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_known_locations_to_the_last</c>: for files that are ordered by place and say neither their length nor how many
/// rows they have. Where every place known behind the last one of the batch is missing, the file was cut between two of
/// them.</summary>
internal static class LastPlaces
{
    public const string Name = "expect_known_locations_to_the_last";

    public static readonly ExpectationType Type = new(
        Name,
        [new("column", ParameterKind.Column)],
        static scope =>
        {
            var place = scope.Find("column")?.Place ?? scope.Expectation.Place;
            var slot = scope.Plan.Slot(scope.Text("column", "location_id"), place, ColumnKind.Text);
            return batch => new TailCheck(scope.Expectation, batch, slot);
        })
    {
        JudgesRows = false,
        TakesRowConditions = false,
    };

    private sealed class TailCheck : BatchCheck
    {
        private readonly TextPool _seen;

        public TailCheck(Expectation expectation, Batch batch, int slot)
            : base(expectation, batch)
        {
            _seen = batch.Text(slot).Pool;
            NotApplicable = batch.Context.KnownLocations is null or { Count: 0 } ? "no place is known yet" : null;
        }

        public override Tally Finish(Tally rows)
        {
            var last = Enumerable.Range(0, _seen.Count).Select(_seen.TextOf).Max(StringComparer.Ordinal) ?? "";
            var known = Batch.Context.KnownLocations!;
            var missing = known.Where(id => string.CompareOrdinal(id, last) > 0).Order(StringComparer.Ordinal).ToList();
            return new Tally(known.Count, missing.Count,
                [.. missing.Take(ExpectationResult.MaxExamples).Select(id => $"{id} is missing behind {last}")]);
        }
    }
}
