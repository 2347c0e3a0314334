using System.Globalization;
using System.Text;
using NodaTime;

namespace Aurum.Sandbox.Caiso;

/// <summary>OASIS' error document, with the <c>m:</c> prefix that its data documents lack.</summary>
internal static class OasisError
{
    public const string NoData = "No data returned for the specified selection";
    public const string StillProcessing = "The GROUP ZIP file you requested is still in processing. Please try again later.";

    public static byte[] Document(int code, string description, Instant stamp) => Encoding.UTF8.GetBytes($"""
        <?xml version="1.0" encoding="UTF-8"?>
        <m:OASISReport xmlns:m="http://www.caiso.com/soa/OASISReport_v1.xsd">
        <m:MessageHeader>
        {"\t"}<m:TimeDate>{stamp.ToString("uuuu-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}</m:TimeDate>
        {"\t"}<m:Source>OASIS</m:Source>
        {"\t"}<m:Version>v20131201</m:Version>
        </m:MessageHeader>
        <m:MessagePayload>
        <m:RTO>
        <m:name>CAISO</m:name>
        <m:DISCLAIMER_ITEM>
        <m:DISCLAIMER>{OasisText.Disclaimer}</m:DISCLAIMER>
        </m:DISCLAIMER_ITEM>
        <m:ERROR>
        <m:ERR_CODE>{code}</m:ERR_CODE>
        <m:ERR_DESC>{description}</m:ERR_DESC>
        </m:ERROR>

        </m:RTO>
        </m:MessagePayload>
        </m:OASISReport>
        """);
}

internal static class OasisText
{
    public const string Disclaimer = "The contents of these pages are subject to change without notice. Decisions based on information "
        + "contained within the California ISO's web site are the visitor's sole responsibility.";
}
