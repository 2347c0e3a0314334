using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aurum.Sandbox.Publishing;

/// <summary>Text as publishers put it into JSON by hand: nothing escaped that need not be.</summary>
internal static class JsonForm
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Quoted(string text) => JsonSerializer.Serialize(text, Options);

    /// <summary>Names and texts as the inside of an object, in their order.</summary>
    public static string Fields(params ReadOnlySpan<(string Name, string Text)> fields)
    {
        var parts = new List<string>();
        foreach (var (name, text) in fields)
        {
            parts.Add($"\"{name}\":{Quoted(text)}");
        }

        return string.Join(',', parts);
    }
}
