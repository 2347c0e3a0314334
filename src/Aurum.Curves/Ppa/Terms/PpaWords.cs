namespace Aurum.Curves.Ppa.Terms;

/// <summary>A contract's term sheet in plain words.</summary>
public static class PpaWords
{
    /// <summary>A line a term: what it is called and what it says.</summary>
    public static IReadOnlyList<TermLine> Of(PpaContract contract) => [new TermLine("Contract", contract.Name)];
}

/// <summary>A line of a term sheet.</summary>
/// <param name="Term">What it is about: <c>Price</c>.</param>
/// <param name="Text">What is agreed, one or more sentences.</param>
public sealed record TermLine(string Term, string Text);
