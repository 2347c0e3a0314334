namespace Aurum.Store.Lake.Projection;

/// <summary>A table of the lake that follows a table of the store: its columns, and the query that gives them for some
/// deliveries.</summary>
/// <param name="Shape">The lake's table.</param>
/// <param name="StoreTables">Tables of the store whose deliveries change it.</param>
/// <param name="Counted">Which deliveries of these count, as a condition on the table <c>deliveries</c>.</param>
/// <param name="Rows">A query of the store: latest revisions of the rows that the deliveries $1 (not included) to $2 brought, with the
/// table's columns, <c>is_revised</c>: a row of the same key may be there, and <c>is_gone</c>: none is to be there any more.</param>
internal sealed record LakeProjection(LakeTableShape Shape, IReadOnlyList<string> StoreTables, string Counted, string Rows)
{
    /// <summary>What is followed in place of deliveries: a query of <c>delivery_id</c>, <c>rows</c> and <c>known_at</c> of what has a
    /// number above $1; null: deliveries to the tables.</summary>
    public string? Followed { get; init; }

    /// <summary>Names the Iceberg branch that a row goes to; null: main.</summary>
    public string? BranchColumn { get; init; }

    /// <summary>All that the table is to hold, with the same columns: what <c>aurum lake verify</c> compares with.</summary>
    public required string Whole { get; init; }

    /// <summary>What its queries read.</summary>
    public required IReadOnlyList<LakeInput> Inputs { get; init; }

    /// <summary>Columns that are compared; others may have changed without a delivery (names of places).</summary>
    public required IReadOnlyList<string> Compared { get; init; }
}
