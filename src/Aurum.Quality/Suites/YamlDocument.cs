using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Aurum.Quality.Suites;

/// <summary>A YAML (or JSON) text as a tree of nodes that know where they stand. Limits its size and depth.</summary>
internal static class YamlDocument
{
    private const int MaxCharacters = 1 << 20;
    private const int MaxDepth = 16;

    /// <exception cref="SuiteFormatException">Not one YAML document, too long or too deep.</exception>
    public static YamlNode Read(string text, string file)
    {
        if (text.Length > MaxCharacters)
        {
            throw new SuiteFormatException(new(file, 1, 1), $"at most {MaxCharacters} characters", $"{text.Length}");
        }

        try
        {
            CheckShape(text, file);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents[0].RootNode;
        }
        catch (YamlException wrong)
        {
            throw new SuiteFormatException(PlaceOf(wrong.Start, file), "YAML", wrong.InnerException?.Message ?? wrong.Message);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException)
        {
            // What scanner and tree throw at some texts that are no YAML, without saying where.
            throw new SuiteFormatException(new(file, 1, 1), "YAML", wrong.Message);
        }
    }

    public static SuitePlace PlaceOf(Mark mark, string file) => new(file, mark.Line, mark.Column);

    // The tree is read by recursion: what is too deep for it must be found before.
    private static void CheckShape(string text, string file)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        var documents = 0;
        while (parser.MoveNext())
        {
            var current = parser.Current!;
            depth += current.NestingIncrease;
            documents += current is DocumentStart ? 1 : 0;
            if (depth > MaxDepth)
            {
                throw new SuiteFormatException(PlaceOf(current.Start, file), $"at most {MaxDepth} levels", "more");
            }

            if (current is AnchorAlias)
            {
                throw new SuiteFormatException(PlaceOf(current.Start, file), "a value", "an alias");
            }
        }

        if (documents != 1)
        {
            throw new SuiteFormatException(new(file, 1, 1), "one YAML document", $"{documents}");
        }
    }
}
