namespace Aurum.Quality.Suites;

/// <summary>A suite file is not what it should be, or does not fit the feed it is for. Says where, what was expected and what was
/// found.</summary>
/// <remarks><c>iso_lmp.yml:7:13: expected a column of iso_lmp, found 'lpm'; the nearest is 'lmp'</c></remarks>
public sealed class SuiteFormatException : Exception
{
    public SuiteFormatException(SuitePlace place, string expected, string found, string? nearest = null)
        : base($"{place}: expected {expected}, found {found}{(nearest is null ? "" : $"; the nearest is '{nearest}'")}")
    {
        Place = place;
        Expected = expected;
        Found = found;
        Nearest = nearest;
    }

    public SuitePlace Place { get; }

    public string Expected { get; }

    public string Found { get; }

    /// <summary>The known name closest to what was found; null where none is close.</summary>
    public string? Nearest { get; }
}

/// <summary>A place in a suite file; line and column count from 1.</summary>
public readonly record struct SuitePlace(string File, long Line, long Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}
