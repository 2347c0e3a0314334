using System.Text.Json;
using Aurum.Curves.Building.Units;
using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Scenarios.Reading;

/// <summary>Which curves a scenario is asked of, and with what.</summary>
internal sealed record AskedScenario
{
    private const int MaxPicks = 200;
    private const int MaxReferences = 50;
    private const int MaxStacks = 20;

    /// <summary>The curves to move; none where the document names none.</summary>
    public IReadOnlyList<CurvePick> Curves { get; private init; } = [];

    /// <summary>Curves that drivers name, each with its name.</summary>
    public IReadOnlyList<CurvePick> References { get; private init; } = [];

    public IReadOnlyList<StackChoice> SupplyStacks { get; private init; } = [];

    /// <summary>As-of date of the quotes; null: of each curve the newest.</summary>
    public LocalDate? AsOf { get; private init; }

    /// <summary>State of knowledge; null: the newest.</summary>
    public Instant? KnownAt { get; private init; }

    public IReadOnlyList<ContentRatio> Contents { get; private init; } = [];

    /// <summary>What is assumed of power systems and bands, and paths of an ensemble.</summary>
    public ScenarioParameters Settings { get; private init; } = ScenarioParameters.Default;

    /// <summary>Curves that may fit in all.</summary>
    public int MaxCurves { get; private init; } = ScenarioInputs.MaxCurves;

    /// <exception cref="DocumentException">Anything is wrong, all at once.</exception>
    public static AskedScenario Read(JsonElement parameters, string path = "$.parameters")
    {
        var document = DocumentReader.Of(parameters, path);
        var read = new AskedScenario
        {
            Curves = document.List("curves", 0, MaxPicks, static d => CurvePick.Read(d, isNamed: false)),
            References = document.List("references", 0, MaxReferences, static d => CurvePick.Read(d, isNamed: true)),
            SupplyStacks = document.List("supply_stacks", 0, MaxStacks, StackChoice.Read),
            AsOf = document.OptionalDate("asof_date"),
            KnownAt = ReadInstant(document, "known_at"),
            Contents = CurvePick.ContentsOf(document),
            Settings = ScenarioParameters.Read(document),
            MaxCurves = document.IntegerOr("max_curves", ScenarioInputs.MaxCurves, 1, ScenarioInputs.MaxCurves, "curves"),
        };
        document.Close();
        document.ThrowIfRefused();
        return read;
    }

    private static Instant? ReadInstant(DocumentReader document, string name)
    {
        if (document.OptionalText(name) is not { } text)
        {
            return null;
        }

        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant)
        {
            return instant.Value;
        }

        document.Refuse(name, "an instant like 2025-09-17T15:00:00Z");
        return null;
    }
}
