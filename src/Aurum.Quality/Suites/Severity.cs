namespace Aurum.Quality.Suites;

/// <summary>What a failed expectation does.</summary>
public enum Severity
{
    /// <summary>Rows that fail are quarantined with the reason; the rest goes on. With <c>mostly</c>, too many of them fail the
    /// batch.</summary>
    Row,

    /// <summary>The batch is not stored when the passing share is below <c>mostly</c> (1 unless stated).</summary>
    Batch,

    /// <summary>The report says so, and everything goes on.</summary>
    Warn,
}
