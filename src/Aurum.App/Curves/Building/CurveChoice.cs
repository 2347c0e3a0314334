using Aurum.Curves.Building.Units;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Curves.Building;

/// <summary>Which forward curve of the store is meant: by its key, or by words and columns that fit one alone.</summary>
/// <param name="KnownAt">State of knowledge.</param>
internal sealed record CurveChoice(Instant KnownAt)
{
    /// <summary>Key of the curve; null: any that fits the rest.</summary>
    public string? Key { get; init; }

    /// <summary>Words that must all stand in the curve's names, in any case.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Columns of its quotes: location, product, block, region, iso, market, asset_class, units_raw, feed.</summary>
    public IReadOnlyList<ColumnFilter> Filters { get; init; } = [];

    /// <summary>As-of date of the quotes; null: the newest of which a curve fits.</summary>
    public LocalDate? AsOf { get; init; }

    /// <summary>Unit of the prices; null: that of the quotes.</summary>
    public PriceUnit? Unit { get; init; }

    /// <summary>Currency of the prices, in the quotes' quantity; null: that of the quotes. Not with a unit.</summary>
    public string? Currency { get; init; }

    /// <summary>How much of one quantity is in another.</summary>
    public IReadOnlyList<ContentRatio> Contents { get; init; } = [];
}
