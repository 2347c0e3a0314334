namespace Aurum.Cluster.Redis.Wire;

/// <summary>The types of RESP3. Attributes are no values: the parser reads over them.</summary>
public enum RespKind : byte
{
    /// <summary><c>_</c>, and the null strings and arrays of RESP2.</summary>
    Null,

    /// <summary><c>+</c> and <c>$</c>: bytes.</summary>
    Text,

    /// <summary><c>-</c> and <c>!</c>: a command was refused.</summary>
    Error,

    /// <summary><c>:</c>: a whole number of 64 bits.</summary>
    Number,

    /// <summary><c>,</c>: a floating-point number.</summary>
    Double,

    /// <summary><c>#</c>.</summary>
    Boolean,

    /// <summary><c>(</c>: a whole number of any length, as digits.</summary>
    BigNumber,

    /// <summary><c>=</c>: text with a form of three letters, which is cut off.</summary>
    Verbatim,

    /// <summary><c>*</c>.</summary>
    Array,

    /// <summary><c>%</c>: keys and values in turn.</summary>
    Map,

    /// <summary><c>~</c>.</summary>
    Set,

    /// <summary><c>></c>: sent without being asked for, or the answer to a subscription.</summary>
    Push,
}
