using System.Globalization;
using System.Text;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Sources.Caiso;

/// <summary>A day-ahead price file of any size, made while it is read: so many nodes, each with all days of a month.</summary>
internal sealed class RepeatingPriceFile : Stream
{
    private const string Header =
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,OPR_INTERVAL,NODE_ID_XML,NODE_ID,NODE,MARKET_RUN_ID,"
        + "LMP_TYPE,XML_DATA_ITEM,PNODE_RESMRID,GRP_TYPE,POS,MW,GROUP\n";

    private const string NodeMark = "NODE000000";

    private readonly int _nodes;
    private readonly byte[] _month;
    private readonly List<int> _marks = [];
    private ReadOnlyMemory<byte> _rest = Encoding.UTF8.GetBytes(Header);
    private int _node;

    public RepeatingPriceFile(int nodes)
    {
        _nodes = nodes;
        _month = Encoding.UTF8.GetBytes(Month());
        for (var at = _month.AsSpan().IndexOf(Encoding.UTF8.GetBytes(NodeMark)); at >= 0;)
        {
            _marks.Add(at + 4);
            var next = _month.AsSpan(at + 1).IndexOf(Encoding.UTF8.GetBytes(NodeMark));
            at = next < 0 ? -1 : at + 1 + next;
        }
    }

    public long TotalBytes => Header.Length + ((long)_nodes * _month.Length);

    /// <summary>Prices that the file holds: 30 days of 24 hours for each node.</summary>
    public long Prices => _nodes * 720L;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => TotalBytes;

    /// <summary>Only told to be at the start, as a reader does that has looked at the first bytes.</summary>
    public override long Position
    {
        get => 0;
        set
        {
            _rest = Encoding.UTF8.GetBytes(Header);
            _node = 0;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_rest.IsEmpty && _node < _nodes)
        {
            Span<byte> digits = stackalloc byte[6];
            _node.TryFormat(digits, out _, "D6", CultureInfo.InvariantCulture);
            foreach (var mark in _marks)
            {
                digits.CopyTo(_month.AsSpan(mark));
            }

            _node++;
            _rest = _month;
        }

        var given = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..given].CopyTo(buffer);
        _rest = _rest[given..];
        return given;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static string Month()
    {
        var text = new StringBuilder();
        for (var day = new OperatingDay(new LocalDate(2025, 6, 1), MarketZones.Pacific); day.Date.Month == 6; day = day.Next)
        {
            foreach (var type in new[] { "LMP", "MCC", "MCE", "MCL" })
            {
                for (var hour = 23; hour >= 0; hour--)
                {
                    var start = day.Start + Duration.FromHours(hour);
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"{Gmt(start)},{Gmt(start + Duration.FromHours(1))},{day},{hour + 1},0,{NodeMark},{NodeMark},"
                        + $"{NodeMark},DAM,{type},X,{NodeMark},ALL,1,{hour}.25,1\n");
                }
            }
        }

        return text.ToString();
    }

    private static string Gmt(Instant instant) => $"{instant:uuuu-MM-dd'T'HH:mm:ss}-00:00";
}
