using Aurum.Market.Feeds;

namespace Aurum.Market.Series;

/// <summary>What a provider says of one of its series, or of a dataset, station, release or code that series are found by.</summary>
/// <remarks>Null is what the provider does not say; it is empty text in tables. Dates are calendar days of the provider,
/// <c>2025-11-02</c>.</remarks>
/// <param name="SeriesId">Id within the provider, the one that its observations have: <c>series/DGS10</c>.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Category">What kind of entry it is, or the provider's own name for its subject.</param>
public readonly record struct SeriesListing(Symbol SeriesId, Symbol Title, Symbol Category)
{
    /// <summary>The provider's code of the dataset that it belongs to.</summary>
    public Symbol? Dataset { get; init; }

    public Symbol? Description { get; init; }

    /// <summary>Unit of its observations in the provider's words.</summary>
    public Symbol? Unit { get; init; }

    /// <summary>The unit under one name for all providers (<see cref="SeriesUnit"/>); null where its words are not known.</summary>
    public Symbol? UnitCode { get; init; }

    /// <summary>A value of the provider times this is in <see cref="UnitCode"/>; NaN where that is null.</summary>
    public double UnitFactor { get; init; } = double.NaN;

    /// <summary>H, or a letter of <see cref="SeriesFrequencies"/>.</summary>
    public Symbol? Frequency { get; init; }

    /// <summary>Place that it is about, by the provider's code.</summary>
    public Symbol? Geo { get; init; }

    /// <summary>Market operator that it is about: <c>CAISO</c>.</summary>
    public Symbol? IsoCode { get; init; }

    /// <summary>What the provider says of its state, for example how it is seasonally adjusted.</summary>
    public Symbol? Status { get; init; }

    public Symbol? SourceUrl { get; init; }

    public Symbol? Notes { get; init; }

    /// <summary>First day that it has observations of.</summary>
    public Symbol? StartDate { get; init; }

    /// <summary>Last day that it has observations of.</summary>
    public Symbol? EndDate { get; init; }

    /// <summary>The date of its latest observation, as the provider dates it.</summary>
    public Symbol? LastObservationDate { get; init; }

    /// <summary>When the provider last changed it, seconds since 1970; <see cref="InstantColumn.Unknown"/> where it does not say.</summary>
    public long UpdatedUnixSeconds { get; init; }

    /// <summary>Words to find it by, with semicolons between.</summary>
    public Symbol? Tags { get; init; }

    /// <summary>What else the provider says of it, as one JSON object of texts.</summary>
    public Symbol? Metadata { get; init; }

    /// <summary>The listing with a unit in the provider's words, and what the words mean.</summary>
    public SeriesListing WithUnit(string? words)
    {
        var text = words?.Trim();
        return string.IsNullOrEmpty(text) ? this
            : SeriesUnit.Find(text) is { } unit
                ? this with { Unit = new Symbol(text), UnitCode = new Symbol(unit.Code), UnitFactor = unit.Factor }
                : this with { Unit = new Symbol(text) };
    }

    /// <summary>Text as a cell; null for none.</summary>
    public static Symbol? Cell(string? text) => string.IsNullOrWhiteSpace(text) ? null : new Symbol(text.Trim());
}
