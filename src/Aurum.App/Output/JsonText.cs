using System.Text.Json;

namespace Aurum.App.Output;

/// <summary>How JSON is written for people and programs on a terminal: indented, and characters as they are (<c>&lt;</c>, not an
/// escape).</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Indented { get; } = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = CellText.JsonOptions.Encoder,
    };
}
