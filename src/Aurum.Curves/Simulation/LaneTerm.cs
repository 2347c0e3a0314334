using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Aurum.Curves.Ppa.Settling;

namespace Aurum.Curves.Simulation;

/// <summary>The terms of a stretch, each number in eight lanes.</summary>
internal readonly struct LaneTerm(in PlanTerm term)
{
    private readonly Vector512<double> _fixed = Vector512.Create(term.Fixed);
    private readonly Vector512<double> _factor = Vector512.Create(term.Factor);
    private readonly Vector512<double> _strike = Vector512.Create(term.Strike);
    private readonly Vector512<double> _upside = Vector512.Create(term.Upside);
    private readonly Vector512<double> _downside = Vector512.Create(term.Downside);
    private readonly Vector512<double> _floor = Vector512.Create(term.Floor);
    private readonly Vector512<double> _cap = Vector512.Create(term.Cap);

    /// <summary><see cref="Settlement.ContractPrice"/> of eight prices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> PriceAt(Vector512<double> price)
    {
        var beside = price - _strike;
        var shared = (_upside * LaneMath.Max(beside, Vector512<double>.Zero))
            + (_downside * LaneMath.Min(beside, Vector512<double>.Zero));
        return LaneMath.Min(LaneMath.Max(_fixed + (_factor * price) + shared, _floor), _cap);
    }
}
