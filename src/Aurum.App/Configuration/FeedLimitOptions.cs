namespace Aurum.App.Configuration;

/// <summary>Limits of one dataset, beside those of its site. Null is no limit of its own.</summary>
internal sealed record FeedLimitOptions
{
    /// <summary>Weight of a dataset that names no priority.</summary>
    public const int UsualPriority = 5;

    private const int LastPriority = 10;

    /// <summary>Requests in any minute. 0.01 to 100,000.</summary>
    public double? RequestsPerMinute { get; init; }

    /// <summary>Requests in any 60 minutes. 1 to 10,000,000.</summary>
    public long? RequestsPerHour { get; init; }

    /// <summary>Requests in any 24 hours, also over restarts. 1 to 100,000,000.</summary>
    public long? RequestsPerDay { get; init; }

    /// <summary>Rows in any 60 minutes. 1 to 1,000,000,000,000.</summary>
    public long? RowsPerHour { get; init; }

    /// <summary>Bytes in any 60 minutes. 1 to 1,000,000,000,000,000.</summary>
    public long? BytesPerHour { get; init; }

    /// <summary>1 to 64 requests in flight.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Turns, 1 (most) to 10 (fewest), while several datasets wait for a site; 5 where not given.</summary>
    public int? Priority { get; init; }

    /// <summary>Turns of a dataset relative to others: 10 of priority 1 for one of priority 10.</summary>
    public static double WeightOf(FeedLimitOptions? options) => LastPriority + 1 - (options?.Priority ?? UsualPriority);

    public void Check(string feed)
    {
        void In(string name, double? value, double least, double most, string unit) =>
            AurumOptions.Range($"FeedLimits:{feed}:{name}", value ?? least, least, most, unit);

        In(nameof(RequestsPerMinute), RequestsPerMinute, 0.01, 100_000, "requests");
        In(nameof(RequestsPerHour), RequestsPerHour, 1, 10_000_000, "requests");
        In(nameof(RequestsPerDay), RequestsPerDay, 1, 100_000_000, "requests");
        In(nameof(RowsPerHour), RowsPerHour, 1, 1e12, "rows");
        In(nameof(BytesPerHour), BytesPerHour, 1, 1e15, "bytes");
        In(nameof(Concurrency), Concurrency, 1, 64, "requests");
        In(nameof(Priority), Priority, 1, LastPriority, "");
    }
}
