using Aurum.Store.Avro;

namespace Aurum.Cluster.Contracts;

/// <summary>A kind of event: its Avro schema, which is a file of this folder.</summary>
/// <param name="Name">Name of the file without its end: <c>iso.lmp.v1</c>.</param>
/// <param name="Schema">Schema of the values.</param>
/// <param name="SchemaText">The file: what is registered.</param>
public sealed record EventContract(string Name, AvroType Schema, string SchemaText)
{
    /// <summary>Index of a symbol in the enum of a field, or the one of another symbol where the enum has not the first.</summary>
    /// <exception cref="ArgumentException">No such field, or it has neither symbol.</exception>
    public int SymbolIndex(string field, string symbol, string? otherwise = null)
    {
        var type = Schema.Find(field)?.Type ?? throw new ArgumentException($"{Name} has no field '{field}'", nameof(field));
        var symbols = (type.Kind == AvroKind.Union ? type.Branches[^1] : type).Symbols.ToList();
        var index = symbols.IndexOf(symbol);
        index = index < 0 && otherwise is not null ? symbols.IndexOf(otherwise) : index;
        return index >= 0
            ? index
            : throw new ArgumentException($"field {field} of {Name} has no symbol '{symbol}'; it has {string.Join(", ", symbols)}");
    }

    public override string ToString() => Name;
}
