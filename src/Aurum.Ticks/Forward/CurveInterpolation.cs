namespace Aurum.Ticks.Forward;

/// <summary>How the months between quoted ones are filled.</summary>
public enum CurveInterpolation
{
    /// <summary>On the straight line between the two neighbours.</summary>
    Linear,

    /// <summary>On a cubic that never leaves the range of the two neighbours (Fritsch and Carlson, 1980).</summary>
    MonotoneCubic,
}
