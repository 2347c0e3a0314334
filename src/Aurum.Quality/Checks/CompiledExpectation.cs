namespace Aurum.Quality.Checks;

/// <summary>An expectation bound to the columns of a feed.</summary>
/// <param name="Factory">Makes its check for a run.</param>
/// <param name="Filter">Makes the filter of its rows for a run; null where it is about all rows.</param>
/// <param name="NotApplicable">Why it says nothing about this feed; null where it does.</param>
internal sealed record CompiledExpectation(CheckFactory Factory, Func<Batch, RowFilter>? Filter, string? NotApplicable);
