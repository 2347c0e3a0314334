namespace Aurum.App.Configuration;

/// <summary>What configuration may change of a site. Null keeps the publisher's own.</summary>
internal sealed record SiteOptions
{
    /// <summary>Address in place of the publisher's own, such as http://localhost:8001; absolute.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>Requests in any minute. 0.01 to 100,000.</summary>
    public double? RequestsPerMinute { get; init; }

    /// <summary>Requests that may go out at once after a pause. 1 to 10,000.</summary>
    public int? Burst { get; init; }

    /// <summary>Requests in any 60 minutes. 0 to 10,000,000; 0 is no limit.</summary>
    public long? RequestsPerHour { get; init; }

    /// <summary>Requests in any 24 hours, also over restarts. 0 to 100,000,000; 0 is no limit.</summary>
    public long? RequestsPerDay { get; init; }

    /// <summary>Rows in any 60 minutes. 0 to 1,000,000,000,000; 0 is no limit.</summary>
    public long? RowsPerHour { get; init; }

    /// <summary>Bytes in any 60 minutes. 0 to 1,000,000,000,000,000; 0 is no limit.</summary>
    public long? BytesPerHour { get; init; }

    /// <summary>1 to 64 requests in flight.</summary>
    public int? Concurrency { get; init; }

    /// <summary>1 to 3,600 seconds.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>Share of the requests that live collection gets while a backfill waits too. 0.05 to 0.95.</summary>
    public double? LiveShare { get; init; }

    /// <summary>Errors after which the site is left alone. 1 to 1,000.</summary>
    public int? BreakerErrors { get; init; }

    /// <summary>Time in which those errors are counted. 1 to 3,600 seconds.</summary>
    public int? BreakerWindowSeconds { get; init; }

    /// <summary>How long the site is left alone. 1 to 86,400 seconds.</summary>
    public int? BreakerOpenSeconds { get; init; }

    public void Check(string site)
    {
        void In(string name, double? value, double least, double most, string unit) =>
            AurumOptions.Range($"Sites:{site}:{name}", value ?? least, least, most, unit);

        In(nameof(RequestsPerMinute), RequestsPerMinute, 0.01, 100_000, "requests");
        In(nameof(Burst), Burst, 1, 10_000, "requests");
        In(nameof(RequestsPerHour), RequestsPerHour, 0, 10_000_000, "requests");
        In(nameof(RequestsPerDay), RequestsPerDay, 0, 100_000_000, "requests");
        In(nameof(RowsPerHour), RowsPerHour, 0, 1e12, "rows");
        In(nameof(BytesPerHour), BytesPerHour, 0, 1e15, "bytes");
        In(nameof(Concurrency), Concurrency, 1, 64, "requests");
        In(nameof(TimeoutSeconds), TimeoutSeconds, 1, 3_600, "seconds");
        In(nameof(LiveShare), LiveShare, 0.05, 0.95, "");
        In(nameof(BreakerErrors), BreakerErrors, 1, 1_000, "errors");
        In(nameof(BreakerWindowSeconds), BreakerWindowSeconds, 1, 3_600, "seconds");
        In(nameof(BreakerOpenSeconds), BreakerOpenSeconds, 1, 86_400, "seconds");
        if (BaseAddress is { } address && !address.IsAbsoluteUri)
        {
            throw new OptionsException($"Sites:{site}:BaseAddress: expected an absolute address, found '{address}'");
        }
    }
}
