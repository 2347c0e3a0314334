using System.Globalization;

namespace Aurum.Cluster.ClickHouse;

/// <summary>ClickHouse refused a request, or did not answer it. The message says what it said, without a secret.</summary>
public sealed class ClickHouseException : Exception
{
    /// <summary>Errors that pass by themselves: timeouts, too many queries or parts, memory, network, a table that may not be written while
    /// it recovers, no space on the disk.</summary>
    private static readonly int[] Passing =
        [3, 75, 159, 160, 173, 198, 202, 203, 209, 210, 236, 241, 242, 243, 252, 279, 319, 394, 425, 999];

    private const int WrongPassword = 193;
    private const int UnknownUser = 192;
    private const int AuthenticationFailed = 516;
    private const int ReadOnly = 164;
    private const int UnknownTable = 60;
    private const int UnknownDatabase = 81;
    private const int QuotaExceeded = 201;
    private const int AccessDenied = 497;

    public ClickHouseException(string message, int code = 0, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>ClickHouse's number of the error (60: unknown table); 0 where it did not answer.</summary>
    public int Code { get; }

    /// <summary>Row of the batch that it could not take, from 1; null where it did not say.</summary>
    public long? Row { get; init; }

    /// <summary>Whether the same request may succeed a moment later.</summary>
    public bool MayPass => Code == 0 || Passing.AsSpan().Contains(Code);

    /// <summary>Whether user or password were not taken.</summary>
    public bool IsLogin => Code is WrongPassword or UnknownUser or AuthenticationFailed;

    /// <summary>Whether the user may not do that: wrong password, read-only, a quota.</summary>
    public bool IsRefused => IsLogin || Code is ReadOnly or QuotaExceeded or AccessDenied;

    /// <summary>Whether a table is not there, or its whole database.</summary>
    public bool IsMissing => Code is UnknownTable or UnknownDatabase;

    /// <summary>Reads an answer such as <c>Code: 60, e.displayText() = DB::Exception: Table a.b doesn't exist., e.what() = ...</c>, or that
    /// of current versions, <c>Code: 60. DB::Exception: Table a.b does not exist. (UNKNOWN_TABLE) (version 24.8)</c>.</summary>
    /// <param name="answer">Body of the answer.</param>
    /// <param name="status">HTTP status, for an answer that is not ClickHouse's.</param>
    /// <param name="what">What was asked for, in words: no SQL with values, no secret.</param>
    public static ClickHouseException Of(string answer, int status, string what)
    {
        var text = answer.Trim();
        var code = CodeOf(text);
        var start = text.IndexOf("DB::Exception: ", StringComparison.Ordinal);
        if (code == 0 || start < 0)
        {
            var shown = text.Length == 0 ? "nothing" : text[..Math.Min(text.Length, 200)].ReplaceLineEndings(" ");
            return new($"ClickHouse: {what}: expected an answer of ClickHouse, found HTTP status {status} and {shown}", code);
        }

        var said = text[(start + "DB::Exception: ".Length)..];
        var end = said.IndexOf(", e.what() =", StringComparison.Ordinal);
        said = (end < 0 ? said : said[..end]).ReplaceLineEndings(" ").TrimEnd();
        return new($"ClickHouse: {what}: {said[..Math.Min(said.Length, 1_000)]} (code {code})", code) { Row = RowOf(said) };
    }

    private static int CodeOf(string text)
    {
        var at = text.IndexOf("Code: ", StringComparison.Ordinal);
        if (at < 0)
        {
            return 0;
        }

        var digits = text.AsSpan(at + 6);
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(length < 0 ? digits : digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code
            : 0;
    }

    private static long? RowOf(string said)
    {
        var at = said.IndexOf("(at row ", StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var digits = said.AsSpan(at + 8);
        var length = digits.IndexOf(')');
        return length > 0 && long.TryParse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null;
    }
}
