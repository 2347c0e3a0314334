namespace Aurum.App.Ticks.Letters;

/// <summary>Which dead letters. Null leaves a part out.</summary>
internal sealed record LetterFilter
{
    public string? Id { get; init; }

    public string? Tenant { get; init; }

    public string? Reason { get; init; }

    public string? Stream { get; init; }

    /// <summary>Received then or later: an instant, or a date in UTC.</summary>
    public string? Since { get; init; }

    /// <summary>Only those that were not sent again.</summary>
    public bool PendingOnly { get; init; }

    /// <summary>Whether nothing but what was sent again is left out.</summary>
    public bool IsOpen => Id is null && Tenant is null && Reason is null && Stream is null && Since is null;
}
