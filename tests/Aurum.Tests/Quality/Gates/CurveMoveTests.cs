using Aurum.Quality.Gates;

namespace Aurum.Tests.Quality.Gates;

public sealed class CurveMoveTests
{
    [Fact]
    public void A_move_is_the_median_of_changes_and_its_spread_the_median_distance_from_it()
    {
        Assert.Equal(new CurveMove(2, 1.4826), CurveMove.Of([1, 2, 3]));
        Assert.Equal(new CurveMove(2.5, 1.4826), CurveMove.Of([4, 1, 3, 2]));
        Assert.Equal(new CurveMove(-1, 0), CurveMove.Of([-1]));
    }

    [Fact]
    public void What_is_usual_does_not_follow_one_wrong_day()
    {
        CurveMove[] quiet = [new(0.1, 0.01), new(-0.2, 0.02), new(0.3, 0.03), new(-0.1, 0.01)];
        Assert.Equal(0.15, CurveMove.Usual(quiet).Middle, 12);
        Assert.Equal(new CurveMove(0.2, 0.02), CurveMove.Usual([.. quiet, new CurveMove(500, 900)]));
    }
}
