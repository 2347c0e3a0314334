using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Workbooks;

/// <summary>Something that is wrong with a made-up workbook.</summary>
/// <param name="Name">As people type it: <c>renamed-label</c>.</param>
/// <param name="What">What is done.</param>
/// <param name="Notice">Who notices.</param>
/// <param name="Says">What is said of it.</param>
public sealed record WorkbookFault(string Name, string What, FaultNotice Notice, string Says)
{
    /// <summary>A piece of what the reader says; empty where it has nothing to say.</summary>
    public string Mark { get; init; } = "";

    /// <summary>Changes the world's prices; among these columns of the vendor.</summary>
    internal Action<CurvePrices, WorkbookVendor, Dice>? OfPrices { get; init; }

    /// <summary>Changes the workbook.</summary>
    internal Action<BookDraft, WorkbookVendor, Dice>? OfBook { get; init; }

    public override string ToString() => Name;
}

/// <summary>Who notices a fault of a workbook.</summary>
public enum FaultNotice
{
    /// <summary>The reader, which refuses the workbook.</summary>
    Refused,

    /// <summary>The reader, which tells of it and reads the rest.</summary>
    Reported,

    /// <summary>The reader, which holds rows back.</summary>
    HeldBack,

    /// <summary>Nobody who reads one workbook alone: the suites, or a comparison with other days.</summary>
    Later,
}
