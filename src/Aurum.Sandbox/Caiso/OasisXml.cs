using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Caiso;

/// <summary>Writes OASIS XML: a message header, one REPORT_ITEM a group, one REPORT_DATA a row.</summary>
internal sealed class OasisXml(OasisReport report, RowWriter writer)
{
    public static readonly RowForm Rows = new("<REPORT_DATA>\n", "</REPORT_DATA>\n", "", "<REMARK>0</REMARK>\n");

    private readonly string _valueName = writer.Tampering.RenamesColumn ? "QUANTITY" : "VALUE";

    public void Header(Instant stamp)
    {
        if (writer.Tampering.RenamesColumn)
        {
            writer.Tampering.Note("VALUE is called QUANTITY");
        }

        writer.Text($"""
            <?xml version="1.0" encoding="UTF-8"?>
            <OASISReport xmlns="http://www.caiso.com/soa/OASISReport_v1.xsd">
            <MessageHeader>
            <TimeDate>{stamp:uuuu-MM-dd'T'HH:mm:ss}-00:00</TimeDate>
            <Source>OASIS</Source>
            <Version>v20131201</Version>
            </MessageHeader>
            <MessagePayload>
            <RTO>
            <name>CAISO</name>

            """);
    }

    public void Group(OasisSpan span, OasisGroup group, ReadOnlySpan<long> values)
    {
        var execution = group.Cells.TryGetValue("EXECUTION_TYPE", out var type) ? $"<EXECUTION_TYPE>{type}</EXECUTION_TYPE>\n" : "";
        writer.Text($"""
            <REPORT_ITEM>
            <REPORT_HEADER>
            <SYSTEM>OASIS</SYSTEM>
            <TZ>PPT</TZ>
            <REPORT>{report.Query}</REPORT>
            <MKT_TYPE>{report.MarketRun}</MKT_TYPE>
            {execution}<UOM>{report.Unit}</UOM>
            <INTERVAL>ENDING</INTERVAL>
            <SEC_PER_INTERVAL>{report.Seconds}</SEC_PER_INTERVAL>
            </REPORT_HEADER>

            """);
        foreach (var i in span.Order)
        {
            Row(span, group, i, values[i]);
        }

        writer.Text("</REPORT_ITEM>\n");
    }

    public void Footer() => writer.Text($"""
        <DISCLAIMER_ITEM>
        <DISCLAIMER>{OasisText.Disclaimer.Replace(". ", ".  ", StringComparison.Ordinal)}</DISCLAIMER>
        </DISCLAIMER_ITEM>
        </RTO>
        </MessagePayload>
        </OASISReport>

        """);

    private void Row(OasisSpan span, OasisGroup group, int interval, long value)
    {
        writer.Begin(span.Starts[interval], group.Place);
        Element("DATA_ITEM", group.Item);
        if (group.Resource.Length > 0)
        {
            Element("RESOURCE_NAME", group.Resource);
        }

        writer.Text("<OPR_DATE>"u8);
        writer.Text(span.Date(interval));
        writer.Text("</OPR_DATE>\n<INTERVAL_NUM>"u8);
        writer.Whole(span.NumberInDay(interval));
        writer.Text("</INTERVAL_NUM>\n<INTERVAL_START_GMT>"u8);
        writer.Text(span.Start(interval));
        writer.Text("</INTERVAL_START_GMT>\n<INTERVAL_END_GMT>"u8);
        writer.Text(span.End(interval));
        writer.Text($"</INTERVAL_END_GMT>\n<{_valueName}>");
        writer.Value();
        writer.Fixed(value, report.Decimals, cutZeros: true);
        writer.Text($"</{_valueName}>\n");
        if (group.Resource.Length == 0)
        {
            Element("TRADING_HUB", group.Cells["TRADING_HUB"]);
            Element("RENEWABLE_TYPE", group.Cells["RENEWABLE_TYPE"]);
        }

        writer.End();
    }

    private void Element(string name, string text)
    {
        writer.Byte((byte)'<');
        writer.Text(name);
        writer.Byte((byte)'>');
        writer.Text(text);
        writer.Text("</"u8);
        writer.Text(name);
        writer.Text(">\n"u8);
    }
}
