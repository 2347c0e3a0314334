using Aurum.Market.Feeds;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Benchmarks.Sources.Formats;

/// <summary>One form in which a publisher sends rows, and how a sample of it is had from the sandbox.</summary>
/// <param name="Name">Publisher and form: <c>caiso-xml</c>.</param>
/// <param name="Feed">Id of the feed whose parser reads it.</param>
/// <param name="Kind">What tokenisers and baselines fit.</param>
internal sealed record WireFormat(string Name, string Feed, TextKind Kind)
{
    /// <summary>Places at each publisher at full scale; the rows of a file grow with them.</summary>
    public int Nodes { get; init; } = 400;

    /// <summary>Operating days at full scale; more than one where an answer has few rows whatever the number of places.</summary>
    public int Days { get; init; } = 1;

    /// <summary>What stands once in each row of the file, where it does not have one for each row that comes out: OASIS prints five for
    /// a price. Empty: the parser's rows are counted.</summary>
    public string RowMark { get; init; } = "";

    /// <summary>When the publisher is asked, after the end of the day.</summary>
    public Duration AskedAfter { get; init; } = Duration.FromHours(30);

    /// <summary>Changes the path that the feed asks for: another form, or a longer span of days than collection asks for at once.</summary>
    public Func<string, OperatingDay, int, string> Path { get; init; } = static (path, _, _) => path;

    /// <summary>The site that has the form, where it is another one than the feed asks; null where it is the same.</summary>
    public string? Site { get; init; }

    /// <summary>Whether <see cref="Path"/> asks for all the days at once.</summary>
    public bool IsSpan { get; init; }

    /// <summary>Turns an answer into a form that the sandbox does not send.</summary>
    public Func<FeedFile, FeedFile>? Turn { get; init; }

    /// <summary>Reads a JSON answer by the usual means and returns its rows; null for the other kinds, which need no type.</summary>
    public Func<byte[], long>? Deserialize { get; init; }
}

/// <summary>Kinds of text.</summary>
internal enum TextKind
{
    Csv,
    Json,
    Xml,
}
