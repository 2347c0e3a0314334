using Aurum.App.Curves;
using Aurum.Curves.Feeds;
using Aurum.Market.Feeds;
using Aurum.Quality.Gates;
using NodaTime;

namespace Aurum.Tests.Curves;

public sealed class EarlierDaysTests : IDisposable
{
    private static readonly CurveFeed Pw = CurveFeeds.Vendors.Single(v => v.Vendor == "pw");
    private static readonly LocalDate Day = CurveRig.Monday;

    private readonly CurveRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task The_latest_mids_of_the_date_before_and_the_moves_between_those_before_that()
    {
        Assert.Null(Before(Day, 6));
        for (var i = 0; i < 3; i++)
        {
            await Merge(Day.PlusDays(i));
        }

        var before = Before(Day.PlusDays(3), 6)!;
        Assert.Equal((Day.PlusDays(2), Day), (before.AsOf, before.Since));
        var newest = Quotes(Day.PlusDays(2));
        Assert.Equal(newest.Count, before.Mids.Count);
        Assert.All(newest, q => Assert.Equal(q.Value.Mid, before.Mids[(q.Key.CurveKey, q.Key.Units, q.Key.Tenor)]));
        Assert.Equal(newest.Values.Select(q => q.Head.Identity.ToString()).ToHashSet(), [.. before.Curves.Values]);

        var older = Quotes(Day.PlusDays(1));
        Assert.All(before.Moves, move => Assert.Equal(2, move.Value.Count));
        foreach (var curve in newest.GroupBy(q => (q.Key.CurveKey, q.Key.Units)))
        {
            double[] changes = [.. curve.Where(q => older.ContainsKey(q.Key)).Select(q => q.Value.Mid - older[q.Key].Mid)];
            Assert.Equal(CurveMove.Of(changes), before.Moves[curve.Key][0]);
        }

        var alone = Before(Day.PlusDays(3), 1)!;
        Assert.Empty(alone.Moves);
        Assert.Equal(alone.AsOf, alone.Since);
    }

    [Fact]
    public async Task A_corrected_date_counts_as_corrected_and_a_withdrawn_quote_not_at_all()
    {
        await Merge(Day);
        var whole = Before(Day.PlusDays(1), 6)!;
        await Merge(Day, "unknown-unit");
        var fewer = Before(Day.PlusDays(1), 6)!;
        var standing = Quotes(Day).Where(q => !StoredQuotes.IsWithdrawn(q.Value)).ToList();
        Assert.Equal(standing.Count, fewer.Mids.Count);
        Assert.True(fewer.Mids.Count < whole.Mids.Count);
    }

    private EarlierAsOf? Before(LocalDate day, int days) => EarlierDays.Before(_rig.Platform.Store, Pw, day, days);

    private Dictionary<QuoteKey, Aurum.Market.Curves.CurveQuote> Quotes(LocalDate day) =>
        StoredQuotes.Read(_rig.Platform.Store.Read, new FeedId("pw/eod-curves"), day);

    private async Task Merge(LocalDate day, params string[] faults)
    {
        var load = await _rig.Load("pw", day, faults);
        Assert.Equal("merged", _rig.Merge(load.Branch).State);
    }
}
