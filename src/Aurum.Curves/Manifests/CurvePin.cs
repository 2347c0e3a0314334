using NodaTime;

namespace Aurum.Curves.Manifests;

/// <summary>Exactly which forward curve a result was made of.</summary>
/// <param name="CurveKey">Key of the curve, see <see cref="Aurum.Market.Curves.CurveIdentity.Key"/>.</param>
/// <param name="Name">The curve's name, for people: <c>EU Dutch_TTF gas</c>.</param>
/// <param name="AsOf">Date that its quotes are for.</param>
/// <param name="KnownAt">State of knowledge that they were read with.</param>
/// <param name="Unit">Unit that the result used its prices in; empty where the vendor does not say it.</param>
/// <param name="Sha256">Over its quotes, their places in workbooks and its months: 64 lower-case hexadecimal digits. The same where and
/// whenever the curve is the same.</param>
public sealed record CurvePin(string CurveKey, string Name, LocalDate AsOf, Instant KnownAt, string Unit, string Sha256);
