namespace Aurum.Sources.Caiso;

/// <summary>What a row of an OASIS report says, whatever the column or element is called.</summary>
internal enum OasisField
{
    /// <summary>Start of the interval, GMT.</summary>
    Start,

    /// <summary>End of the interval, GMT.</summary>
    End,

    /// <summary>Operating day (OPR_DT, OPR_DATE).</summary>
    OperatingDate,

    /// <summary>Operating hour 1 to 25 (CSV's OPR_HR).</summary>
    OperatingHour,

    /// <summary>Number of the interval in its day (XML's INTERVAL_NUM).</summary>
    IntervalNumber,

    /// <summary>DAM, RTM, RTPD, HASP, ACTUAL, 2DA, 7DA.</summary>
    MarketRun,

    /// <summary>What is measured, for example LMP_CONG_PRC.</summary>
    Item,

    /// <summary>Node, area, zone, hub or region.</summary>
    Place,

    /// <summary>LMP_TYPE, RENEWABLE_TYPE or ANC_TYPE.</summary>
    Kind,

    /// <summary>RESULT_TYPE or TI_DIRECTION.</summary>
    Detail,

    /// <summary>The number: MW, VALUE or PRC, whatever its unit.</summary>
    Value,

    /// <summary>How many fields there are.</summary>
    Count,
}
