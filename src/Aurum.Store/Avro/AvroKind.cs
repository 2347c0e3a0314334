namespace Aurum.Store.Avro;

/// <summary>The kinds of types that Avro has.</summary>
public enum AvroKind
{
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Fixed,
    Record,
    Array,
    Map,
    Union,
    Enum,
}
