namespace Aurum.Quality.Suites;

/// <summary>A list of expectations about one table, read from YAML.</summary>
/// <param name="Name">Name of the suite, for example <c>iso_lmp</c>.</param>
/// <param name="Expectations">In the order of the file, which is the order in which rows are judged.</param>
/// <param name="Limits">Named tables of price limits that expectations refer to.</param>
public sealed record Suite(string Name, IReadOnlyList<Expectation> Expectations, IReadOnlyList<LimitTable> Limits)
{
    private const string Folder = "Aurum.Quality.Suites.";
    internal const string Extension = ".yml";

    /// <summary>The suites that come with the program.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(Suite).Assembly.GetManifestResourceNames()
            .Where(static n => n.StartsWith(Folder, StringComparison.Ordinal) && n.EndsWith(Extension, StringComparison.Ordinal))
            .Select(static n => n[Folder.Length..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads a suite that comes with the program.</summary>
    /// <exception cref="ArgumentException">No suite has that name.</exception>
    public static Suite Load(string name) => SuiteReader.Read(
        TextOf(name) ?? throw new ArgumentException($"there is no suite '{name}'; there are {string.Join(", ", Names)}", nameof(name)),
        name + Extension);

    /// <summary>The text of a suite that comes with the program; null where none has that name.</summary>
    internal static string? TextOf(string name)
    {
        using var stream = typeof(Suite).Assembly.GetManifestResourceStream(Folder + name + Extension);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
