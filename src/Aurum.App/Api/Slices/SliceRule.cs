namespace Aurum.App.Api.Slices;

/// <summary>How the answers of an endpoint may be kept.</summary>
/// <param name="Resource">Its short name, for keys and metrics.</param>
/// <param name="Class">How long.</param>
/// <param name="Tables">Tables of the store that they are made from: a commit to one of them makes them unasked for.</param>
internal sealed record SliceRule(string Resource, SliceClass Class, params IReadOnlyList<string> Tables)
{
    private static readonly string[] CurveTables = ["curve_observation"];

    /// <summary>Tables that kept answers are made from, of all endpoints.</summary>
    public static readonly IReadOnlyList<string> AllTables =
        ["iso_lmp", "iso_load", "iso_genmix", "iso_asm", "timeseries_observation", .. CurveTables];

    /// <summary>Seconds by which an answer that depends on the time of the question may lag behind the clock, where no as_of says the
    /// time; 0: it does not depend on it.</summary>
    public int ClockSeconds { get; init; }

    /// <summary>Parameters whose meaning is not in those tables: with one of them nothing is kept.</summary>
    public IReadOnlyList<string> Unkept { get; init; } = [];

    /// <summary>Rows of a table.</summary>
    public static SliceRule OfRows(string resource, string table, int clockSeconds = 0) =>
        new(resource, SliceClass.HighFrequency, table) { ClockSeconds = clockSeconds };

    /// <summary>Merged quotes of curves. Tags are of branches, which change without a commit of quotes.</summary>
    public static SliceRule OfCurves(string resource) => new(resource, SliceClass.Medium, CurveTables) { Unkept = ["tag"] };

    /// <summary>What curves are told apart by.</summary>
    public static SliceRule OfMetadata(string resource) => new(resource, SliceClass.Static, CurveTables) { Unkept = ["tag"] };
}

/// <summary>How long answers are kept: the classes of the settings <c>Redis:HighFrequencySeconds</c> and its like.</summary>
internal enum SliceClass
{
    /// <summary>60 s: rows and prices.</summary>
    HighFrequency,

    /// <summary>300 s: curves.</summary>
    Medium,

    /// <summary>3,600 s: what changes seldom.</summary>
    Low,

    /// <summary>7,200 s: metadata.</summary>
    Static,
}
