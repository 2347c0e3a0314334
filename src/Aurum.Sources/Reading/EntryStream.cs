using Aurum.Market.Feeds;

namespace Aurum.Sources.Reading;

/// <summary>The bytes of one file: peeked at, counted against limits, and checked against the archive's length and CRC at the
/// end.</summary>
public sealed class EntryStream : ForwardStream
{
    private const int HeadBytes = 4096;

    private readonly string _name;
    private readonly Stream _source;
    private readonly EntryBudget _budget;
    private readonly long _declaredLength;
    private readonly uint? _declaredCrc;
    private readonly long _packedLength;
    private readonly byte[] _head = new byte[HeadBytes];
    private int _headLength;
    private int _headRead;
    private long _total;
    private uint _crc;
    private bool _ended;

    /// <param name="name">For errors.</param>
    /// <param name="source">Unpacked bytes; closed with this stream.</param>
    /// <param name="budget">Bytes that all files of the archive share.</param>
    /// <param name="packedLength">Bytes in the archive; 0 where that is unknown or not packed.</param>
    /// <param name="declaredLength">What the archive says of the length; -1 where it does not say.</param>
    /// <param name="declaredCrc">What the archive says of the CRC-32; null where it does not say.</param>
    public EntryStream(
        string name, Stream source, EntryBudget budget, long packedLength = 0, long declaredLength = -1, uint? declaredCrc = null)
    {
        _name = name;
        _source = source;
        _budget = budget;
        _packedLength = packedLength;
        _declaredLength = declaredLength;
        _declaredCrc = declaredCrc;
    }

    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    public bool HeadIsWhole => _ended && _total == _headLength;

    /// <summary>Reads ahead, so that <see cref="Head"/> is there.</summary>
    public void FillHead()
    {
        while (_headLength < HeadBytes && !_ended)
        {
            _headLength += ReadSource(_head.AsSpan(_headLength));
        }
    }

    /// <summary>Reads what nobody asked for, so that a fault at the end is not missed.</summary>
    public void Drain()
    {
        Span<byte> rest = stackalloc byte[4096];
        while (!_ended)
        {
            ReadSource(rest);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_headRead < _headLength)
        {
            var count = Math.Min(buffer.Length, _headLength - _headRead);
            _head.AsSpan(_headRead, count).CopyTo(buffer);
            _headRead += count;
            return count;
        }

        return _ended || buffer.IsEmpty ? 0 : ReadSource(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadSource(Span<byte> buffer)
    {
        int read;
        try
        {
            read = _source.Read(buffer);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new FeedFormatException(_name, "", "whole, undamaged packed data", e.Message, e);
        }

        _total += read;
        _budget.Take(_name, read, _total, _packedLength);
        if (_declaredLength >= 0 && _total > _declaredLength)
        {
            throw new FeedFormatException(_name, "", $"{_declaredLength} bytes as the archive says", "more");
        }

        if (_declaredCrc is not null)
        {
            _crc = Crc32.Append(_crc, buffer[..read]);
        }

        if (read == 0)
        {
            CheckEnd();
        }

        return read;
    }

    private void CheckEnd()
    {
        _ended = true;
        if (_declaredLength >= 0 && _total != _declaredLength)
        {
            throw new FeedFormatException(_name, "", $"{_declaredLength} bytes as the archive says", $"{_total}");
        }

        if (_declaredCrc is { } declared && declared != _crc)
        {
            throw new FeedFormatException(_name, "", $"CRC {declared:x8} as the archive says", $"{_crc:x8}");
        }
    }
}

/// <summary>Counts the unpacked bytes of an archive against its limits.</summary>
public sealed class EntryBudget(ArchiveLimits limits)
{
    private long _bytes;

    public void Take(string name, int read, long totalOfEntry, long packedLength)
    {
        _bytes += read;
        if (_bytes > limits.MaxUnpackedBytes)
        {
            throw new FeedFormatException(name, "", $"at most {limits.MaxUnpackedBytes} unpacked bytes", "more");
        }

        if (packedLength > 0 && totalOfEntry > limits.RatioFromBytes && totalOfEntry / packedLength > limits.MaxRatio)
        {
            throw new FeedFormatException(name, "", $"at most {limits.MaxRatio} unpacked bytes for each packed byte", "more");
        }
    }
}
