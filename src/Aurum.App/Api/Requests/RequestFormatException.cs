namespace Aurum.App.Api.Requests;

/// <summary>The caller's mistake: a parameter, header or body that cannot be answered. Becomes a problem document that names
/// it.</summary>
/// <remarks><c>limit: expected a whole number from 1 to 5000, found '0'</c></remarks>
public sealed class RequestFormatException(string field, string expected, string found,
    int status = StatusCodes.Status400BadRequest)
    : Exception($"{field}: expected {expected}, found {Cut(found)}")
{
    /// <summary>Name of the parameter, header or body part.</summary>
    public string Field { get; } = field;

    public string Expected { get; } = expected;

    /// <summary>What stood there; long text is cut.</summary>
    public string Found { get; } = Cut(found);

    /// <summary>HTTP status, 400 where no other says it better.</summary>
    public int Status { get; } = status;

    private static string Cut(string text) => text.Length <= 120 ? text : string.Concat(text.AsSpan(0, 117), "...");
}
