namespace Aurum.Store.Rows;

/// <summary>What the quality gate made of a delivery. Of each feed the last <see cref="Kept"/> are kept, and those
/// that a sink has not taken yet.</summary>
/// <param name="Suite">Name of the suite.</param>
/// <param name="Overall">Pass, PassWithQuarantine or BatchFailed.</param>
/// <param name="Rows">Rows checked.</param>
/// <param name="Quarantined">Rows of them held back.</param>
/// <param name="Failed">JSON: a list of the expectations that did not hold.</param>
public sealed record GateRecord(string Suite, string Overall, long Rows, long Quarantined, string Failed)
{
    public const int Kept = 20;

    private const string Passing = "a batch that passes suite ";

    /// <summary>What a dead letter expects of a file that was read, and stopped by the gate.</summary>
    public static string ExpectationOf(string suite) => Passing + suite;

    /// <summary>Whether a dead letter is of a file that was read, and stopped by the gate.</summary>
    /// <param name="expected">What the letter expects.</param>
    public static bool IsOfStop(string expected) => expected.StartsWith(Passing, StringComparison.Ordinal);
}
