using NodaTime;

namespace Aurum.Curves.Ppa.Valuing;

/// <summary>Why a contract is worth more or less than on an earlier day. Parts are taken one after the other and sum exactly to the
/// change.</summary>
/// <param name="From">The earlier valuation date.</param>
/// <param name="To">The later one.</param>
/// <param name="Currency">Of all amounts.</param>
/// <param name="ValueFrom">Value on the earlier day.</param>
/// <param name="ValueTo">Value on the later day.</param>
/// <param name="Parts">In the order in which they were changed.</param>
/// <param name="Notes">For people, a sentence each.</param>
public sealed record PpaExplain(
    LocalDate From,
    LocalDate To,
    string Currency,
    decimal ValueFrom,
    decimal ValueTo,
    IReadOnlyList<ValuePart> Parts,
    IReadOnlyList<string> Notes);
