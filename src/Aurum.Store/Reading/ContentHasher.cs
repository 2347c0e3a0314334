using System.Buffers.Text;
using System.Security.Cryptography;
using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store.Reading;

/// <summary>SHA-256 over the text of rows, engine independent: cells end with 0x1F, rows with 0x1E; numbers as their shortest
/// digits, instants as microseconds, unknown as nothing.</summary>
internal sealed class ContentHasher : IDisposable
{
    private const byte CellEnd = 0x1F;
    private const byte RowEnd = 0x1E;
    private const int BufferBytes = 1 << 16;
    private const int MaxNumberBytes = 32;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;

    /// <summary>Columns of <see cref="RowTableSql.AllInOrder"/>.</summary>
    public static IReadOnlyList<CellKind> Kinds(TableShape shape) =>
        [CellKind.Text, .. shape.Columns.Where(c => c.Role != ColumnRole.Feed).Select(c => c.Kind), CellKind.Instant];

    public void Add(EngineRows rows, IReadOnlyList<CellKind> kinds)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            for (var i = 0; i < kinds.Count; i++)
            {
                if (!rows.IsNull(i, row))
                {
                    AddCell(rows, kinds[i], i, row);
                }

                AddByte(CellEnd);
            }

            AddNumber(rows.Int32(kinds.Count, row));
            AddByte(RowEnd);
        }
    }

    public string Finish()
    {
        Flush();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void AddCell(EngineRows rows, CellKind kind, int column, int row)
    {
        switch (kind)
        {
            case CellKind.Text:
                AddText(rows.Utf8(column, row));
                break;
            case CellKind.Number:
                Reserve(MaxNumberBytes);
                // Adding zero turns -0 into 0, which SQL does not tell apart.
                Utf8Formatter.TryFormat(rows.Double(column, row) + 0.0, _buffer.AsSpan(_used), out var written);
                _used += written;
                break;
            default:
                AddNumber(rows.Int64(column, row));
                break;
        }
    }

    private void AddNumber(long number)
    {
        Reserve(MaxNumberBytes);
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_used), out var written);
        _used += written;
    }

    private void AddByte(byte value)
    {
        Reserve(1);
        _buffer[_used++] = value;
    }

    private void AddText(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > BufferBytes)
        {
            Flush();
            _hash.AppendData(utf8);
            return;
        }

        Reserve(utf8.Length);
        utf8.CopyTo(_buffer.AsSpan(_used));
        _used += utf8.Length;
    }

    private void Reserve(int bytes)
    {
        if (_used + bytes > BufferBytes)
        {
            Flush();
        }
    }

    private void Flush()
    {
        _hash.AppendData(_buffer.AsSpan(0, _used));
        _used = 0;
    }
}
