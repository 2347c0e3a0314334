namespace Aurum.Store.Lake.Metadata;

/// <summary>A column of a lake table. Its id never changes and is never given again; its name may.</summary>
/// <param name="Id">Field id, from 1.</param>
/// <param name="Name">Name.</param>
/// <param name="Type">Type.</param>
/// <param name="IsRequired">Whether it is never null.</param>
/// <param name="Doc">What it holds, with its unit.</param>
public sealed record LakeField(int Id, string Name, LakeType Type, bool IsRequired = false, string Doc = "");

/// <summary>The columns of a table at one time, in their order.</summary>
/// <param name="Id">Schema id, from 0.</param>
/// <param name="Fields">Columns.</param>
/// <param name="KeyIds">Field ids of the columns that identify a row; empty where none do.</param>
public sealed record LakeSchema(int Id, IReadOnlyList<LakeField> Fields, IReadOnlyList<int> KeyIds)
{
    public IEnumerable<LakeField> Keys => KeyIds.Select(Field);

    internal int LastFieldId => Fields.Max(f => Math.Max(f.Id, Math.Max(f.Type.KeyId, f.Type.ValueId)));

    /// <exception cref="LakeException">No such column.</exception>
    public LakeField Field(string name) => Fields.FirstOrDefault(f => f.Name == name)
        ?? throw new LakeException($"expected one of the columns {string.Join(", ", Fields.Select(f => f.Name))}, found {name}");

    /// <exception cref="LakeException">No such column.</exception>
    public LakeField Field(int id) => Fields.FirstOrDefault(f => f.Id == id) ?? throw new LakeException($"schema {Id} has no field {id}");

    /// <summary>Whether both have the same columns under the same ids, and the same key.</summary>
    internal bool IsSameAs(LakeSchema other) => Fields.SequenceEqual(other.Fields) && KeyIds.SequenceEqual(other.KeyIds);
}
