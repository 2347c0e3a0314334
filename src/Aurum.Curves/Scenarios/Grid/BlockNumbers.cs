using System.Text.Json;
using Aurum.Curves.Documents;

namespace Aurum.Curves.Scenarios.Grid;

/// <summary>Numbers of documents that may differ between on-peak and off-peak hours.</summary>
internal static class BlockNumbers
{
    /// <summary>A number, or <c>{"on_peak": 0.4, "off_peak": 0.1}</c>; null where the field is not there.</summary>
    public static ByBlock? Read(DocumentReader reader, string name, NumberRange range)
    {
        if (reader.Raw(name) is not { ValueKind: JsonValueKind.Object })
        {
            return reader.OptionalNumber(name, range) is { } number ? ByBlock.Of(number) : null;
        }

        var blocks = reader.At(name);
        return new ByBlock(blocks.Number("on_peak", range), blocks.Number("off_peak", range));
    }
}
