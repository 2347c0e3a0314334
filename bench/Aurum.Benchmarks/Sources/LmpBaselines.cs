using System.Globalization;
using System.Xml;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using CsvHelper.Configuration;
using NodaTime;

namespace Aurum.Benchmarks.Sources;

/// <summary>The same rows by the usual means: CsvHelper and XmlReader, strings, and a dictionary for the parts of a node's
/// prices.</summary>
internal static class LmpBaselines
{
    public static long ReadCsv(byte[] bytes, IRowOutput<LmpRow> output)
    {
        using var reader = new StreamReader(new MemoryStream(bytes));
        using var csv = new CsvHelper.CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
        csv.Read();
        csv.ReadHeader();
        var start = csv.GetFieldIndex("INTERVALSTARTTIME_GMT");
        var end = csv.GetFieldIndex("INTERVALENDTIME_GMT");
        var node = csv.GetFieldIndex("NODE");
        var type = csv.GetFieldIndex("LMP_TYPE");
        var value = csv.GetFieldIndex("MW");
        var rows = new Rows(output);
        while (csv.Read())
        {
            rows.Add(csv.GetField(node)!, csv.GetField(start)!, csv.GetField(end)!, csv.GetField(type)!, csv.GetField<double>(value));
        }

        return rows.Finish();
    }

    public static long ReadXml(byte[] bytes, IRowOutput<LmpRow> output)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true };
        using var xml = XmlReader.Create(new MemoryStream(bytes), settings);
        var rows = new Rows(output);
        while (xml.ReadToFollowing("REPORT_DATA"))
        {
            string node = "", start = "", end = "", item = "", value = "";
            xml.ReadStartElement();
            while (xml.NodeType == XmlNodeType.Element)
            {
                var name = xml.LocalName;
                var text = xml.ReadElementContentAsString();
                switch (name)
                {
                    case "RESOURCE_NAME":
                        node = text;
                        break;
                    case "INTERVAL_START_GMT":
                        start = text;
                        break;
                    case "INTERVAL_END_GMT":
                        end = text;
                        break;
                    case "DATA_ITEM":
                        item = text;
                        break;
                    case "VALUE":
                        value = text;
                        break;
                    default:
                        break;
                }
            }

            rows.Add(node, start, end, item, double.Parse(value, CultureInfo.InvariantCulture));
        }

        return rows.Finish();
    }

    private sealed class Rows(IRowOutput<LmpRow> output)
    {
        private readonly RowBuffer<LmpRow> _buffer = new(output);
        private readonly Dictionary<string, Location> _locations = [];
        private readonly Dictionary<DeliveryInterval, double[]> _prices = [];
        private string _node = "";
        private long _count;

        public void Add(string node, string start, string end, string type, double value)
        {
            if (node != _node)
            {
                Flush();
                _node = node;
            }

            var delivery = DeliveryInterval.Between(Stamp(start), Stamp(end));
            if (!_prices.TryGetValue(delivery, out var parts))
            {
                _prices.Add(delivery, parts = [double.NaN, double.NaN, double.NaN, double.NaN, double.NaN]);
            }

            parts[type switch
            {
                "LMP" or "LMP_PRC" => 0,
                "MCE" or "LMP_ENE_PRC" => 1,
                "MCC" or "LMP_CONG_PRC" => 2,
                "MCL" or "LMP_LOSS_PRC" => 3,
                "MGHG" or "LMP_GHG_PRC" => 4,
                _ => throw new InvalidDataException($"unknown part {type}"),
            }] = value;
            _count++;
        }

        public long Finish()
        {
            Flush();
            _buffer.Flush();
            return _count;
        }

        private static Instant Stamp(string text) =>
            Instant.FromDateTimeOffset(DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));

        private void Flush()
        {
            if (_prices.Count == 0)
            {
                return;
            }

            if (!_locations.TryGetValue(_node, out var location))
            {
                _locations.Add(_node, location = new Location(_node, LocationType.Node));
            }

            foreach (var (delivery, p) in _prices)
            {
                _buffer.Add(new LmpRow(location, delivery, p[0], p[1], p[2], p[3], p[4]));
            }

            _prices.Clear();
        }
    }
}
