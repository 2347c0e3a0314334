using System.Text.Json.Nodes;

namespace Aurum.Store.Avro;

/// <summary>A field of a record.</summary>
/// <param name="Name">Name.</param>
/// <param name="Id">Iceberg's field id; -1: none.</param>
/// <param name="Type">Type.</param>
public sealed record AvroField(string Name, int Id, AvroType Type)
{
    /// <summary>Field of a schema without Iceberg's ids.</summary>
    public AvroField(string name, AvroType type)
        : this(name, -1, type)
    {
    }

    /// <summary>Whether a reader has a value for it where the writer had no such field.</summary>
    public bool HasDefault { get; init; }

    /// <summary>That value as JSON; null also stands for JSON's null.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>Names that data of the field may have been written under.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string? Doc { get; init; }

    /// <summary>Index in its record.</summary>
    public int Position { get; init; }

    /// <summary>What <see cref="AvroRecord"/> keeps its value under: the field id where there is one, else the position.</summary>
    public int Key => Id >= 0 ? Id : Position;

    /// <summary>A field that may be null, and is where it is not given.</summary>
    public static AvroField Optional(string name, int id, AvroType type) =>
        new(name, id, AvroType.Optional(type)) { HasDefault = true };
}
