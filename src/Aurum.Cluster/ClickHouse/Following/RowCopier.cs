using System.Text;
using Aurum.Cluster.ClickHouse.Schema;
using Aurum.Cluster.ClickHouse.Wire;
using Aurum.Store.Reading;

namespace Aurum.Cluster.ClickHouse.Following;

/// <summary>Moves rows of the store to blocks of a table, column by column: the first columns are the same for all rows of a chunk, the
/// others are those of the reader, in its order. No object per row or cell.</summary>
internal sealed class RowCopier : IDisposable
{
    private readonly ColumnKind[] _kinds;
    private readonly byte[] _store;

    /// <param name="table">Where to; its first column is the store's name.</param>
    /// <param name="dialect">Of the server.</param>
    /// <param name="store">Name of this store.</param>
    /// <param name="hasDelivery">Whether the number of the delivery comes next.</param>
    public RowCopier(ClickHouseTable table, ClickHouseDialect dialect, string store, bool hasDelivery)
    {
        Block = new NativeBlock(table.Wire(dialect));
        _kinds = [.. table.Columns.Select(static c => c.Kind)];
        _store = Encoding.UTF8.GetBytes(store);
        First = hasDelivery ? 2 : 1;
    }

    public NativeBlock Block { get; }

    private int First { get; }

    /// <summary>Sends all rows of a reader, in blocks.</summary>
    /// <returns>Rows.</returns>
    public async Task<long> Send(RowReader rows, long delivery, Stream to, CancellationToken cancel)
    {
        long sent = 0;
        while (rows.NextChunk())
        {
            Add(rows, delivery);
            sent += rows.Count;
            if (Block.Rows >= NativeBlock.UsualRows)
            {
                await Flush(to, cancel);
            }
        }

        return sent;
    }

    /// <summary>Sends what is left.</summary>
    public async Task Flush(Stream to, CancellationToken cancel)
    {
        if (Block.Rows > 0)
        {
            await Block.Send(to, cancel);
            Block.Clear();
        }
    }

    public void Dispose() => Block.Dispose();

    private void Add(RowReader rows, long delivery)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            Block[0].Add(_store);
        }

        if (First == 2)
        {
            for (var row = 0; row < rows.Count; row++)
            {
                Block[1].Add(delivery);
            }
        }

        for (var column = First; column < _kinds.Length; column++)
        {
            Add(rows, column - First, Block[column], _kinds[column]);
        }
    }

    private static void Add(RowReader rows, int column, NativeColumn to, ColumnKind kind)
    {
        var count = rows.Count;
        switch (kind)
        {
            case ColumnKind.Text or ColumnKind.Name:
                for (var row = 0; row < count; row++)
                {
                    to.Add(rows.IsNull(column, row) ? default : rows.Text(column, row));
                }

                break;
            case ColumnKind.Number or ColumnKind.NumberOrUnknown:
                for (var row = 0; row < count; row++)
                {
                    to.Add(rows.NumberOrNaN(column, row));
                }

                break;
            case ColumnKind.Instant:
                for (var row = 0; row < count; row++)
                {
                    to.Add(rows.IsNull(column, row) ? 0 : rows.InstantMicros(column, row));
                }

                break;
            case ColumnKind.Unsigned:
                for (var row = 0; row < count; row++)
                {
                    to.Add(rows.Bits(column, row));
                }

                break;
            default:
                AddWhole(rows, column, to, kind == ColumnKind.WholeOrUnknown);
                break;
        }
    }

    private static void AddWhole(RowReader rows, int column, NativeColumn to, bool mayBeUnknown)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            if (!rows.IsNull(column, row))
            {
                to.Add(rows.Whole(column, row));
            }
            else if (mayBeUnknown)
            {
                to.AddUnknown();
            }
            else
            {
                to.Add(0L);
            }
        }
    }
}
