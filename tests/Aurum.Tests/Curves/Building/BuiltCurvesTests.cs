using Aurum.App.Curves.Building;
using Aurum.Curves.Building;
using NodaTime;

namespace Aurum.Tests.Curves.Building;

public sealed class BuiltCurvesTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 9, 18, 0);

    private readonly BuiltCurves _curves = new(most: 2);
    private int _built;

    [Fact]
    public void A_curve_is_built_once_for_all_its_pages_and_anew_for_other_knowledge()
    {
        var first = Ask("a", Now);
        Assert.Same(first, Ask("a", Now));
        Assert.NotSame(first, Ask("a", Now + Duration.FromMinutes(1)));
        Assert.Equal(2, _built);
    }

    [Fact]
    public void The_one_that_was_asked_for_longest_ago_goes()
    {
        var kept = Ask("a", Now);
        Ask("b", Now);
        Ask("a", Now);
        Ask("c", Now);
        Assert.Same(kept, Ask("a", Now));
        Assert.Equal(3, _built);
        Ask("b", Now);
        Assert.Equal(4, _built);
    }

    private BuiltCurve Ask(string location, Instant knownAt) => _curves.Of([new("location", location)], knownAt, () =>
    {
        _built++;
        return new BuiltCurve
        {
            Identity = null!, AsOf = default, Method = default, Granularity = default, Calendar = null!, Unit = null, Points = [],
            Parameters = [], Used = [], Repeated = [], Conflicts = [], Conversion = null, Explanation = [],
        };
    });
}
