using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Caiso;

/// <summary>OASIS rows from CSV (resultformat 6). Columns are found by name: their order differs by report, and GMT columns have
/// several names.</summary>
internal sealed class OasisCsvRows : IOasisRows, IDisposable
{
    private readonly CsvReader _csv;
    private readonly int[] _columns = new int[(int)OasisField.Count];

    public OasisCsvRows(Stream stream, string file, OasisReport report)
    {
        _csv = new CsvReader(stream, file);
        try
        {
            BindColumns(_csv.Header, report);
        }
        catch
        {
            _csv.Dispose();
            throw;
        }
    }

    public string File => _csv.File;

    public long Line => _csv.Line;

    public OasisError? Error => null;

    public IReadOnlyList<string> Notes => _csv.Header.UnknownColumnNotes();

    public ReadOnlySpan<byte> this[OasisField field] => _csv[_columns[(int)field]];

    public bool Read() => _csv.Read();

    public FeedFormatException Unexpected(OasisField field, string expected) => _csv.Unexpected(_columns[(int)field], expected);

    public void Dispose() => _csv.Dispose();

    private void BindColumns(CsvHeader header, OasisReport report)
    {
        Bind(OasisField.Start, header.Required("INTERVALSTARTTIME_GMT", "INTERVAL_START_GMT", "STARTTIME_GMT", "START_DATE_GMT"));
        Bind(OasisField.End, header.Required("INTERVALENDTIME_GMT", "INTERVAL_END_GMT", "ENDTIME_GMT", "END_DATE_GMT"));
        Bind(OasisField.OperatingDate, header.Required("OPR_DT", "OPR_DATE"));
        Bind(OasisField.OperatingHour, header.Required("OPR_HR"));
        Bind(OasisField.IntervalNumber, -1);
        Bind(OasisField.MarketRun, report.MarketRun.Length > 0 ? header.Required("MARKET_RUN_ID") : -1);
        Bind(OasisField.Place, RequiredIfAny(header, report.PlaceColumns));
        Bind(OasisField.Kind, RequiredIfAny(header, report.KindColumns));
        Bind(OasisField.Detail, RequiredIfAny(header, report.DetailColumns));
        Bind(OasisField.Item, header.Optional("XML_DATA_ITEM", "DATA_ITEM"));
        Bind(OasisField.Value, header.Required(report.ValueColumns));
        header.Ignore(
            "OPR_INTERVAL", "NODE", "NODE_ID_XML", "NODE_ID", "PNODE_RESMRID", "GRP_TYPE", "POS", "GROUP", "LOAD_TYPE", "LABEL",
            "EXECUTION_TYPE", "SLRS_TYPE", "SCHEDULE", "MARKET_RUN_ID_POS", "RENEW_POS", "GRP", "UOM", "TI_CONSTRAINT_ID",
            "TR_TYPE", "FUEL_REGION_ID_XML");
    }

    private static int RequiredIfAny(CsvHeader header, string[] names) => names.Length > 0 ? header.Required(names) : -1;

    private void Bind(OasisField field, int column) => _columns[(int)field] = column;
}
