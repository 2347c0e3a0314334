using System.Text.RegularExpressions;

namespace Aurum.Tests.Architecture;

/// <summary>A C# file, and its code alone: comments, and what stands in quotes, as blanks.</summary>
/// <param name="Path">Relative to the root of the project.</param>
/// <param name="Text">As it is.</param>
internal sealed partial record CSharpFile(string Path, string Text)
{
    private string? _code;
    private IReadOnlyList<TypeDeclaration>? _types;

    /// <summary>The text with comments, characters and strings replaced by blanks; as long as the text, line by line.</summary>
    public string Code => _code ??= CSharpBlanker.Blank(Text);

    /// <summary>The types declared at the beginning of a line.</summary>
    public IReadOnlyList<TypeDeclaration> Types => _types ??=
    [
        .. from match in TypePattern().Matches(Code)
        let modifiers = match.Groups["modifiers"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select new TypeDeclaration(modifiers, match.Groups["kind"].Value, match.Groups["name"].Value),
    ];

    public string? Namespace => NamespacePattern().Match(Code) is { Success: true } match ? match.Groups[1].Value : null;

    public int LineOf(int position) => Code.AsSpan(0, position).Count('\n') + 1;

    [GeneratedRegex(
        @"^(?> *)"
        + @"(?<modifiers>(?:(?:public|internal|private|protected|file|static|sealed|abstract|readonly|partial|ref|unsafe|new) )*)"
        + @"(?<kind>class|record struct|record class|record|struct|interface|enum) (?<name>[A-Z]\w*)",
        RegexOptions.Multiline)]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"^namespace\s+([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();
}

/// <summary>How a type is declared.</summary>
internal sealed record TypeDeclaration(IReadOnlyList<string> Modifiers, string Kind, string Name)
{
    public bool IsClass => Kind is "class" or "record" or "record class";

    public bool IsClosed => Modifiers.Any(static m => m is "sealed" or "static" or "abstract");
}
