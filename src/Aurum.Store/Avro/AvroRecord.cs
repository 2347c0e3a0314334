namespace Aurum.Store.Avro;

/// <summary>A record's values by the keys of its fields (<see cref="AvroField.Key"/>). Missing: null.</summary>
/// <remarks>Values are bool, int, long, float, double, byte[] (bytes and fixed), string (text and enum), <see cref="AvroRecord"/>, a list
/// of values, a dictionary of values by text, or null.</remarks>
/// <param name="type">Schema of the record; null: whatever it is written as.</param>
public sealed class AvroRecord(AvroType? type = null)
{
    private readonly Dictionary<int, object?> _values = [];

    /// <summary>Schema that it was read or made with.</summary>
    public AvroType? Type { get; } = type;

    public object? this[int key]
    {
        get => _values.GetValueOrDefault(key);
        set => _values[key] = value;
    }

    /// <summary>A value by the name of its field.</summary>
    /// <exception cref="ArgumentException">The schema has no such field.</exception>
    public object? this[string field]
    {
        get => this[KeyOf(field)];
        set => this[KeyOf(field)] = value;
    }

    /// <exception cref="FormatException">There is none, or of another type.</exception>
    public T Get<T>(int key) => this[key] is T value
        ? value
        : throw new FormatException($"expected a {typeof(T).Name} under field id {key}, found {this[key] ?? "nothing"}");

    private int KeyOf(string field) => Type?.Find(field)?.Key
        ?? throw new ArgumentException($"record {Type?.FullName ?? "of no schema"} has no field '{field}'", nameof(field));
}
