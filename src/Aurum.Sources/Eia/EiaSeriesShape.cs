namespace Aurum.Sources.Eia;

/// <summary>Which fields of a route's rows name the series and which hold its values. The rest is ignored, whatever EIA
/// adds.</summary>
/// <param name="Prefix">Beginning of the series ids, for example <c>rto/region-data</c>.</param>
/// <param name="Keys">Fields that identify the series, in the order of the id.</param>
/// <param name="Values">Value fields; with more than one, the field's name ends the id. Their units stand in <c>{value}-units</c>
/// or in <see cref="Unit"/>.</param>
/// <param name="Titles">Fields with names for people; rows may lack them.</param>
internal sealed record EiaSeriesShape(
    string Prefix, IReadOnlyList<string> Keys, IReadOnlyList<string> Values, IReadOnlyList<string> Titles)
{
    /// <summary>The field with the unit of all values where they have none of their own.</summary>
    public string Unit { get; init; } = "units";
}
