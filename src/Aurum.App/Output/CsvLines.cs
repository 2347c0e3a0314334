using System.Buffers;
using Aurum.Store.Reading;

namespace Aurum.App.Output;

/// <summary>Writes the rows of a reader as CSV lines, without a header.</summary>
internal static class CsvLines
{
    /// <param name="to">Where to.</param>
    /// <param name="reader">Rows; all of its remaining chunks are read.</param>
    /// <param name="columns">Which of its columns, in the order of the fields.</param>
    /// <param name="cancel">Ends the writing between two chunks.</param>
    /// <returns>Rows written.</returns>
    public static int Write(IBufferWriter<byte> to, RowReader reader, ReadOnlySpan<int> columns, CancellationToken cancel)
    {
        var count = 0;
        while (reader.NextChunk())
        {
            cancel.ThrowIfCancellationRequested();
            WriteChunk(to, reader, columns);
            count += reader.Count;
        }

        return count;
    }

    /// <summary>Writes the rows of the reader's current chunk.</summary>
    public static void WriteChunk(IBufferWriter<byte> to, RowReader reader, ReadOnlySpan<int> columns)
    {
        for (var row = 0; row < reader.Count; row++)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                if (i > 0)
                {
                    to.Write(","u8);
                }

                RowCells.WriteCsv(to, reader, columns[i], row);
            }

            to.Write("\n"u8);
        }
    }
}
