using Aurum.Market.Feeds;

namespace Aurum.Sources.Eia;

/// <summary>Where the U.S. Energy Information Administration serves version 2 of its API, and how gently it wants to be asked.</summary>
public static class EiaSites
{
    /// <summary>5 requests a second at most; an answer has at most 5,000 rows, about 1.6 MB.</summary>
    public static readonly Site Api = new("eia-api", new Uri("https://api.eia.gov"), new SiteLimits
    {
        RequestsPerMinute = 300,
        Burst = 5,
        Concurrency = 2,
        MaxResponseBytes = 64L << 20,
        TimeoutSeconds = 60,
        MaxAttempts = 5,
    });

    public static readonly IReadOnlyList<Site> All = [Api];
}
