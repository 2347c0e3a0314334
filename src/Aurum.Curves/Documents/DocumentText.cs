using System.Text.Json;

namespace Aurum.Curves.Documents;

/// <summary>The text of a document.</summary>
internal static class DocumentText
{
    /// <exception cref="DocumentException">No JSON, too long or too deep.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json, DocumentLimits limits)
    {
        if (json.Length > limits.MaxBytes)
        {
            throw new DocumentException([new DocumentError("$", $"at most {limits.MaxBytes} bytes", $"{json.Length} bytes")]);
        }

        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = limits.MaxDepth });
        }
        catch (JsonException e)
        {
            throw new DocumentException(
                [new DocumentError("$", $"JSON of at most {limits.MaxDepth} levels", FoundText.Cut(e.Message))]);
        }
    }
}
