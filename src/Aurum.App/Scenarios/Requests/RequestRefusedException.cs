namespace Aurum.App.Scenarios.Requests;

/// <summary>A request cannot be worked on, now or later.</summary>
/// <param name="reason">A word for machines: <c>version</c>.</param>
/// <param name="message">For people: what, expected and found.</param>
internal sealed class RequestRefusedException(string reason, string message) : Exception(message)
{
    public string Reason => reason;
}
