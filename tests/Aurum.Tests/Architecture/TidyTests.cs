using System.Text.RegularExpressions;

namespace Aurum.Tests.Architecture;

/// <summary>What the code looks like.</summary>
public sealed partial class TidyTests
{
    private const int MaxLineLength = 140;
    private const int MaxFileLines = 400;
    private const int MaxMethodLines = 60;
    private const int MaxLettersBesideLiteral = 4;

    private static readonly string[] EmptyNames =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Base", "Impl", "Common", "Core"];

    [Fact]
    public void Lines_are_short_and_end_where_they_end()
    {
        // Files that tools write are theirs to lay out.
        var byHand = Repository.TextFiles.Where(static p => !p.EndsWith("package-lock.json", StringComparison.Ordinal));
        Repository.AssertNone(
            "tabs, trailing blanks, missing last line end", byHand.SelectMany(static path => FaultsOfLines(path)));
        Repository.AssertNone("long lines of C#", Repository.Sources.SelectMany(static file => LongLines(file)));
    }

    [Fact]
    public void Files_and_methods_fit_a_mind()
    {
        var files = Repository.Sources
            .Select(static f => (f.Path, Lines: f.Text.AsSpan().Count('\n')))
            .Where(static f => f.Lines > MaxFileLines)
            .Select(static f => $"{f.Path}: {f.Lines} lines, at most {MaxFileLines}");
        var methods =
            from file in Repository.Sources
            from method in CSharpMembers.Methods(file)
            where method.Lines > MaxMethodLines
            select $"{file.Path}:{method.FirstLine}: {method.Lines} lines, at most {MaxMethodLines}: {method.Header}";
        Repository.AssertNone("too long", files.Concat(methods));
    }

    [Fact]
    public void A_file_is_named_like_its_type_and_lies_in_its_namespace()
    {
        var named = Repository.Sources.Where(static f => Path.GetFileName(f.Path) != "Program.cs" && f.Types.Any());
        Repository.AssertNone(
            "file, type, folder and namespace have the same name", named.SelectMany(static f => FaultsOfNames(f)));
    }

    [Fact]
    public void Classes_are_sealed_static_or_abstract()
    {
        // The other half of a partial type says it once.
        var closed = Repository.Sources.SelectMany(static f => f.Types).Where(static t => t.IsClosed).Select(static t => t.Name)
            .ToHashSet();
        Repository.AssertNone(
            "neither sealed, static nor abstract",
            from file in Repository.Sources
            from type in file.Types
            where type.IsClass && !type.IsClosed && !(type.Modifiers.Contains("partial") && closed.Contains(type.Name))
            select $"{file.Path}: {type.Name}");
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing() => Repository.AssertNone(
        "names that say nothing",
        from file in Repository.Sources
        from type in file.Types
        from name in EmptyNames
        where type.Name.EndsWith(name, StringComparison.Ordinal)
        select $"{file.Path}: {type.Name}");

    [Fact]
    public void There_are_no_regions() => Repository.AssertNone(
        "regions", Repository.Sources.Where(static f => RegionPattern().IsMatch(f.Code)).Select(static f => f.Path));

    [Fact]
    public void Nothing_is_left_for_later()
    {
        string[] words = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK:"];
        Repository.AssertNone(
            "left for later",
            from path in Repository.TextFiles
            where !path.EndsWith("package-lock.json", StringComparison.Ordinal)
            from line in Repository.Lines(path).Select(static (text, i) => (Text: text, Number: i + 1))
            where words.Any(word => Regex.IsMatch(line.Text, $@"\b{word}\b|\b{word}$"))
            select $"{path}:{line.Number}: {line.Text.Trim()}");
    }

    [Fact]
    public void No_test_is_skipped() => Repository.AssertNone("skipped tests", Repository.Places("tests/", SkipPattern()));

    private static IEnumerable<string> FaultsOfLines(string path)
    {
        var text = Repository.Read(path);
        if (text.Length > 0 && !text.EndsWith('\n'))
        {
            yield return $"{path}: the last line has no end";
        }

        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Contains('\t') && !path.EndsWith(".csv", StringComparison.Ordinal))
            {
                yield return $"{path}:{number}: tab";
            }

            if (line.Length > 0 && line[^1] is ' ' or '\r')
            {
                yield return $"{path}:{number}: trailing blank";
            }

        }
    }

    private static IEnumerable<string> LongLines(CSharpFile file)
    {
        var code = file.Code.Split('\n');
        var number = 0;
        foreach (var line in file.Text.Split('\n'))
        {
            // The width that a reader sees: letters, not UTF-16 units. A literal alone on its line (a publisher's header) may be
            // long.
            var width = line.EnumerateRunes().Count();
            var isLiteral = code[number].Count(static c => c != ' ') <= MaxLettersBesideLiteral
                && !line.TrimStart().StartsWith('/');
            number++;
            if (width > MaxLineLength && !isLiteral)
            {
                yield return $"{file.Path}:{number}: {width} columns, at most {MaxLineLength}";
            }
        }
    }

    private static IEnumerable<string> FaultsOfNames(CSharpFile file)
    {
        var parts = file.Path.Split('/');
        var expected = string.Join('.', parts[1..^1]);
        if (file.Namespace != expected)
        {
            yield return $"{file.Path}: namespace {file.Namespace ?? "missing"}, expected {expected}";
        }

        var name = Path.GetFileNameWithoutExtension(file.Path).Split('.')[0];
        if (file.Types.All(t => t.Name != name) && !file.Code.Contains($"delegate ", StringComparison.Ordinal))
        {
            yield return $"{file.Path}: no type {name}";
        }
    }

    [GeneratedRegex(@"^\s*#(end)?region", RegexOptions.Multiline)]
    private static partial Regex RegionPattern();

    [GeneratedRegex(@"\[(Fact|Theory)\([^\]]*\bSkip\w*\s*=|\bAssert\.Skip|\[Skippable")]
    private static partial Regex SkipPattern();
}
