using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks.Curves;

/// <summary><c>expect_mid_between_bid_and_ask</c>: bid, mid and ask are in that order, the mid within rounding. A quote with an open
/// side is judged by the other; one without any side is not judged.</summary>
internal static class MidInSpread
{
    private const double Slack = 1e-9;

    public static readonly ExpectationType Type = new(
        "expect_mid_between_bid_and_ask",
        [new("tolerance", ParameterKind.Number)],
        static scope =>
        {
            int Slot(string name) => scope.Plan.Slot(name, scope.Expectation.Place, ColumnKind.Number);
            var (bid, mid, ask) = (Slot("bid"), Slot("mid"), Slot("ask"));
            var tolerance = scope.Number("tolerance", 0.0005) + Slack;
            return batch => new SpreadCheck(scope.Expectation, batch, bid, mid, ask, tolerance);
        });

    private sealed class SpreadCheck(Expectation expectation, Batch batch, int bid, int mid, int ask, double tolerance)
        : Check(expectation, batch)
    {
        public override void Test(Span<ulong> scope, Span<ulong> failing)
        {
            var (bids, mids, asks) = (Batch.Number(bid).Values, Batch.Number(mid).Values, Batch.Number(ask).Values);
            for (var word = 0; word < scope.Length; word++)
            {
                scope[word] &= (Batch.Columns[bid].Known[word] & Batch.Columns[ask].Known[word])
                    | (Batch.Columns[mid].Known[word] & (Batch.Columns[bid].Known[word] | Batch.Columns[ask].Known[word]));
            }

            // A comparison with an unknown side is never true.
            for (var row = 0; row < Batch.Count; row++)
            {
                if (bids[row] > asks[row] || bids[row] > mids[row] + tolerance || mids[row] > asks[row] + tolerance)
                {
                    failing[row >> 6] |= 1UL << (row & 63);
                }
            }
        }

        public override string Explain(int row) =>
            $"bid {Batch.Columns[bid].Show(row)}, mid {Batch.Columns[mid].Show(row)} and ask {Batch.Columns[ask].Show(row)} "
            + "are not in order";
    }
}
