using NodaTime;

namespace Aurum.Curves.Manifests;

/// <summary>Exactly which history a result was made of.</summary>
/// <param name="Feed">Feed id: <c>pjm/day-ahead-lmp</c>.</param>
/// <param name="Location">Place, by the publisher's name.</param>
/// <param name="Start">Earliest interval start, inclusive.</param>
/// <param name="End">Latest interval start, exclusive.</param>
/// <param name="KnownAt">State of knowledge that it was read with.</param>
/// <param name="Hours">Hours that it has.</param>
/// <param name="Unit">Unit of its values: <c>USD/MWh</c>, <c>MW</c>.</param>
/// <param name="Sha256">Over its hours and values: 64 lower-case hexadecimal digits.</param>
public sealed record SeriesPin(
    string Feed, string Location, Instant Start, Instant End, Instant KnownAt, int Hours, string Unit, string Sha256);
