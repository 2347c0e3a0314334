using System.Globalization;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary><c>expect_known_locations_complete</c>: the batch holds the places that are known. One that is not known yet is a
/// note, never a failure.</summary>
internal static class KnownLocations
{
    public const string Name = "expect_known_locations_complete";

    public static readonly ExpectationType Type = new(
        Name,
        [new("column", ParameterKind.Column)],
        static scope =>
        {
            var place = scope.Find("column")?.Place ?? scope.Expectation.Place;
            var slot = scope.Plan.Slot(scope.Text("column", "location_id"), place, ColumnKind.Text);
            return batch => new CompleteCheck(scope.Expectation, batch, slot);
        })
    {
        JudgesRows = false,
        TakesRowConditions = false,
    };

    private sealed class CompleteCheck : BatchCheck
    {
        private readonly TextPool _seen;
        private IReadOnlyList<string> _notes = [];

        public CompleteCheck(Expectation expectation, Batch batch, int slot)
            : base(expectation, batch)
        {
            _seen = batch.Text(slot).Pool;
            NotApplicable = batch.Context.KnownLocations is null or { Count: 0 } ? "no place is known yet" : null;
        }

        public override IReadOnlyList<string> Notes => _notes;

        public override Tally Finish(Tally rows)
        {
            var known = Batch.Context.KnownLocations!;
            var missing = known.Where(id => !_seen.Contains(id)).Order(StringComparer.Ordinal).ToList();
            _notes = NoteUnknown(known.ToHashSet(StringComparer.Ordinal));
            return new Tally(known.Count, missing.Count,
                [.. missing.Take(ExpectationResult.MaxExamples).Select(static id => $"{id} is missing")]);
        }

        private string[] NoteUnknown(HashSet<string> known)
        {
            var news = Enumerable.Range(0, _seen.Count).Select(_seen.TextOf).Where(id => id.Length > 0 && !known.Contains(id))
                .Order(StringComparer.Ordinal).ToList();
            return news.Count == 0
                ? []
                : [string.Create(CultureInfo.InvariantCulture,
                    $"{news.Count} places seen for the first time: {string.Join(", ", news.Take(20))}{(news.Count > 20 ? ", ..." : "")}")];
        }
    }
}
