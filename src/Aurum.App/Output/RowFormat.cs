namespace Aurum.App.Output;

/// <summary>How results are printed on standard output.</summary>
internal enum RowFormat
{
    /// <summary>Aligned columns for people; the default on a terminal.</summary>
    Table,

    /// <summary>RFC 4180 with a header line; the default into a pipe or file.</summary>
    Csv,

    Json,
}
