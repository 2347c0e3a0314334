using NodaTime;

namespace Aurum.Curves.Documents;

/// <summary>What is allowed in a field, for messages.</summary>
internal static class Expected
{
    public const string Date = "a day from 1990-01-01 to 2149-12-31";
    public const string Month = "a month from 1990-01 to 2149-12";

    public static readonly LocalDate MinDate = new(1990, 1, 1);

    private static readonly LocalDate MaxDate = new(2149, 12, 31);

    /// <summary>Whether a day is one of those that documents may have.</summary>
    public static bool Has(LocalDate day) => day >= MinDate && day <= MaxDate;

    public static string Text(int maxLength) => $"a text of 1 to {maxLength} letters";

    public static string OneOf(IReadOnlyList<string> allowed) =>
        allowed.Count == 1 ? allowed[0] : $"one of {string.Join(", ", allowed)}";
}
