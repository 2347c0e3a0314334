namespace Aurum.Sources.Caiso;

/// <summary>Makes rows of one kind out of the files of an OASIS answer.</summary>
internal interface IOasisTarget
{
    /// <summary>Rows made so far.</summary>
    long Rows { get; }

    /// <summary>Takes all rows of one file. An answer may have several: one for each price component.</summary>
    void Take(IOasisRows rows);

    /// <summary>No more files: gives the rest out.</summary>
    void Finish();

    IReadOnlyList<string> Notes { get; }
}
