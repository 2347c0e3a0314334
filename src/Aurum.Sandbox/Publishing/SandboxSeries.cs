namespace Aurum.Sandbox.Publishing;

/// <summary>A series of a sandbox publisher as <c>/catalog</c> lists it: the latest published value of one place and quantity.</summary>
/// <param name="Id">Id for <c>/data/{id}</c>, without slashes.</param>
/// <param name="Unit">USD/MWh or MW.</param>
/// <param name="StepSeconds">Length of an interval.</param>
/// <param name="At">Value of the interval that starts at an instant (seconds since 1970, a multiple of the step) and whether it is
/// published at another.</param>
public sealed record SandboxSeries(string Id, string Unit, int StepSeconds, SeriesValue At);

/// <summary>Value of an interval as known at an instant; null while it is not published.</summary>
public delegate double? SeriesValue(long startUnixSeconds, NodaTime.Instant now);
