using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Ieso;

/// <summary>What a file of a report is of.</summary>
internal enum IesoSpan
{
    Hour,
    Day,
    Year,
}

/// <summary>A request for a file: its day, and its hour where it is of one.</summary>
internal readonly record struct IesoFileOf(OperatingDay Day, int Hour)
{
    /// <summary>Whether an instant lies in the file's hour; always for the file of a day.</summary>
    public bool Holds(long unixSeconds) =>
        Hour == 0 || (unixSeconds - Day.Start.ToUnixTimeSeconds()) / 3600 == Hour - 1;
}

/// <summary>One of the public reports.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Extension">csv or xml.</param>
/// <param name="Span">What a file is of.</param>
/// <param name="KeptDays">Days for which files are kept.</param>
/// <param name="Form">What stands around rows.</param>
/// <param name="IsThere">Whether a file exists at an instant.</param>
/// <param name="Write">Writes a file.</param>
internal sealed record IesoReport(
    string Name,
    string Extension,
    IesoSpan Span,
    int KeptDays,
    RowForm Form,
    Func<IesoFileOf, Instant, bool> IsThere,
    Action<RowWriter, IesoFileOf, Moment> Write);
