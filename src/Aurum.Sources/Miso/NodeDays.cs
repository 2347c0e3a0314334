using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Miso;

/// <summary>Puts the parts of prices together that a market report gives in three blocks of rows: a day of 24 hours and three parts a
/// node, in one array.</summary>
/// <remarks>The same part of a node twice with one set of values counts as a note; with two it is an error.</remarks>
internal sealed class NodeDays
{
    private const int Hours = 24;
    private const int PerNode = 3 * Hours;

    /// <summary>Nodes in a file: about 30 MB of prices. MISO has some 2,500.</summary>
    private const int MostNodes = 50_000;

    private static readonly string[] Parts = ["LMP", "MCC", "MLC"];

    private readonly CsvReader _csv;
    private readonly int _name;
    private readonly int _part;
    private readonly int[] _hours = new int[Hours];
    private readonly NameTable<Node> _nodes;
    private double[] _prices = new double[256 * PerNode];
    private int _count;
    private long _repeated;

    public NodeDays(CsvReader csv, CsvHeader header)
    {
        _csv = csv;
        _name = header.Required("Node");
        var type = header.Required("Type");
        _part = header.Required("Value");
        for (var hour = 0; hour < Hours; hour++)
        {
            _hours[hour] = header.Required($"HE {hour + 1}");
        }

        _nodes = new NameTable<Node>(
            csv.File, name => new Node(new Location(name, MisoPlaces.OfWord(csv.Text(type))), _count++), MostNodes);
        Header = header;
    }

    private CsvHeader Header { get; }

    /// <summary>Takes the current row of the file.</summary>
    public void Add()
    {
        var part = PartOf(_csv[_part]);
        var node = _nodes.Of(_csv[_name], _csv.Line);
        if (_prices.Length < _count * PerNode)
        {
            Array.Resize(ref _prices, 2 * _prices.Length);
        }

        var isRepeated = (node.Seen & (1 << part)) != 0;
        var prices = _prices.AsSpan((node.Number * PerNode) + (part * Hours), Hours);
        for (var hour = 0; hour < Hours; hour++)
        {
            var price = Read(_hours[hour]);
            if (isRepeated && !price.Equals(prices[hour]))
            {
                throw new FeedFormatException(
                    _csv.File, $"{_csv.Line}", $"one {Parts[part]} of {node.Location.Id} for {Header.NameOf(_hours[hour])}",
                    $"two, {prices[hour]} and {price}");
            }

            prices[hour] = price;
        }

        node.Seen |= (byte)(1 << part);
        _repeated += isRepeated ? 1 : 0;
    }

    /// <exception cref="FeedFormatException">A node lacks a part.</exception>
    public void RequireAllParts()
    {
        foreach (var node in _nodes.Values)
        {
            if (MissingOf(node) is { } part)
            {
                throw new FeedFormatException(_csv.File, "", $"{part} of {node.Location.Id}", "none: the file may be cut");
            }
        }
    }

    /// <summary>Gives the prices, node by node in the order of the file. An hour without any part gives none.</summary>
    public void Give(RowBuffer<LmpRow> rows, ReadOnlySpan<DeliveryInterval> hours)
    {
        foreach (var node in _nodes.Values.OrderBy(static n => n.Number))
        {
            for (var hour = 0; hour < Hours; hour++)
            {
                var lmp = PriceOf(node, 0, hour);
                var congestion = PriceOf(node, 1, hour);
                var loss = PriceOf(node, 2, hour);
                if (!double.IsNaN(lmp) || !double.IsNaN(congestion) || !double.IsNaN(loss))
                {
                    rows.Add(new LmpRow(node.Location, hours[hour], lmp, EnergyOf(lmp, congestion, loss), congestion, loss, double.NaN));
                }
            }
        }
    }

    public IEnumerable<string> Notes()
    {
        var thin = _nodes.Values.Count(node => MissingOf(node) is not null);
        if (thin > 0)
        {
            yield return $"{_csv.File}: {thin} of {_count} nodes lack a part";
        }

        if (_repeated > 0)
        {
            yield return $"{_csv.File}: {_repeated} rows repeated";
        }
    }

    /// <summary>The energy part, which MISO does not print: to the cent, as the others.</summary>
    public static double EnergyOf(double lmp, double congestion, double loss) => Math.Round(lmp - congestion - loss, 2);

    private static string? MissingOf(Node node)
    {
        for (var part = 0; part < Parts.Length; part++)
        {
            if ((node.Seen & (1 << part)) == 0)
            {
                return Parts[part];
            }
        }

        return null;
    }

    private double PriceOf(Node node, int part, int hour) =>
        (node.Seen & (1 << part)) == 0 ? double.NaN : _prices[(node.Number * PerNode) + (part * Hours) + hour];

    private double Read(int column)
    {
        var text = _csv[column];
        return Numbers.TryParseDecimal(text, out var price) ? price
            : text.Trim((byte)' ').IsEmpty ? double.NaN
            : throw Unexpected(column, "a decimal");
    }

    private int PartOf(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("LMP"u8) ? 0
        : text.SequenceEqual("MCC"u8) ? 1
        : text.SequenceEqual("MLC"u8) ? 2
        : throw Unexpected(_part, "LMP, MCC or MLC");

    private FeedFormatException Unexpected(int column, string expected) =>
        new(_csv.File, $"{_csv.Line}", $"{expected} in {Header.NameOf(column)}", $"'{Encoding.UTF8.GetString(_csv[column])}'");

    private sealed class Node(Location location, int number)
    {
        public Location Location { get; } = location;

        public int Number { get; } = number;

        /// <summary>Bits of the parts that came.</summary>
        public byte Seen { get; set; }
    }
}
