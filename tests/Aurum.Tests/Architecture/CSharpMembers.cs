using System.Text.RegularExpressions;

namespace Aurum.Tests.Architecture;

/// <summary>A method, constructor, operator or accessor block, and the lines it takes.</summary>
internal sealed record MethodSpan(string Header, int FirstLine, int Lines);

/// <summary>Finds the members of types by their braces and semicolons.</summary>
internal static partial class CSharpMembers
{
    /// <summary>Everything with a body that can be run, local functions as part of the method they are in.</summary>
    public static IEnumerable<MethodSpan> Methods(CSharpFile file) => Members(file, 0, file.Code.Length);

    private static IEnumerable<MethodSpan> Members(CSharpFile file, int from, int to)
    {
        for (var start = SkipBlanks(file.Code, from, to); start < to; start = SkipBlanks(file.Code, start, to))
        {
            var end = EndOfMember(file.Code, start, to, out var body);
            var header = file.Code[start..Math.Min(body, end)];
            if (TypeHeader().IsMatch(Attributes().Replace(header, "")) && body < end)
            {
                foreach (var inner in Members(file, body + 1, end - 1))
                {
                    yield return inner;
                }
            }
            else if (IsMethod(header))
            {
                var first = file.LineOf(start);
                yield return new MethodSpan(Blanks().Replace(header, " ").Trim(), first, file.LineOf(end - 1) - first + 1);
            }

            start = end;
        }
    }

    private static int SkipBlanks(string code, int from, int to)
    {
        while (from < to && (char.IsWhiteSpace(code[from]) || code[from] is '}' or ';' or ','))
        {
            from++;
        }

        return from;
    }

    /// <summary>A member ends at its semicolon, or at its closing brace unless an initializer follows.</summary>
    private static int EndOfMember(string code, int start, int to, out int body)
    {
        var depth = 0;
        body = to;
        for (var i = start; i < to; i++)
        {
            switch (code[i])
            {
                case '{' or '(' or '[':
                    body = code[i] == '{' && depth == 0 ? Math.Min(body, i) : body;
                    depth++;
                    break;
                case ')' or ']':
                    depth--;
                    break;
                case '}':
                    depth--;
                    if (depth == 0 && NextIsNewMember(code, i + 1, to))
                    {
                        return i + 1;
                    }

                    break;
                case ';' when depth == 0:
                    return i + 1;
                default:
                    break;
            }
        }

        return to;
    }

    private static bool NextIsNewMember(string code, int from, int to)
    {
        while (from < to && char.IsWhiteSpace(code[from]))
        {
            from++;
        }

        return from >= to || code[from] is not ('=' or ';' or ',' or ')' or '.' or '?' or '!' or '{' or '|' or '&' or '+' or ':');
    }

    // A field's value or a property's is data, however long: only what takes arguments, and no assignment before them, is a
    // method.
    private static bool IsMethod(string header)
    {
        var bare = Attributes().Replace(header, "");
        var arguments = bare.IndexOf('(', StringComparison.Ordinal);
        var assignment = bare.IndexOf('=', StringComparison.Ordinal);
        return arguments >= 0
            && (assignment < 0 || assignment > arguments || bare.Contains("operator", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^[^=(]*\b(?:class|struct|interface|record|namespace)\s+\w")]
    private static partial Regex TypeHeader();

    [GeneratedRegex(@"^\s*(?:\[[^\]]*\]\s*)+")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
