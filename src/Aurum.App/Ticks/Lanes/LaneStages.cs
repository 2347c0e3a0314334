using Aurum.Ticks;
using Aurum.Ticks.Enrich;

namespace Aurum.App.Ticks.Lanes;

/// <summary>The stages that a worker may run, with the topics that they read and write.</summary>
internal static class LaneStages
{
    public const string Fused = "fused";
    public const string Normalize = "normalize";
    public const string Enrich = "enrich";
    public const string Aggregate = "aggregate";
    public const string Project = "project";

    public static readonly IReadOnlyList<string> All = [Fused, Normalize, Enrich, Aggregate, Project];

    public static string TopicOf(string stage) => stage switch
    {
        Enrich => TickTopics.Normalized,
        Aggregate => TickTopics.Enriched,
        Project => TickTopics.Aggregated,
        _ => TickTopics.Raw,
    };

    /// <summary>Topic of the frames that a stage gives; null: it gives none.</summary>
    public static string? OutputOf(string stage) => stage switch
    {
        Normalize => TickTopics.Normalized,
        Enrich => TickTopics.Enriched,
        Aggregate => TickTopics.Aggregated,
        _ => null,
    };

    /// <summary>Whether a stage reads messages of sources rather than frames.</summary>
    public static bool ReadsRaw(string stage) => stage is Fused or Normalize;

    /// <summary>A stage of one lane that goes on where its state was written.</summary>
    /// <param name="stage">Which.</param>
    /// <param name="options">Limits and delays.</param>
    /// <param name="book">What is known of instruments.</param>
    /// <param name="state">What it remembered; empty: it begins.</param>
    /// <param name="time">Stamps of frames.</param>
    /// <exception cref="InvalidDataException">The state is damaged, or of another version.</exception>
    public static ILaneStage Open(
        string stage, TickPipelineOptions options, InstrumentBook book, ReadOnlySpan<byte> state, TimeProvider time) => stage switch
    {
        Normalize => new NormalizeLane(options, state, time),
        Enrich => FrameLane.Enriching(options, book, state),
        Aggregate => FrameLane.Aggregating(options, state),
        Project => new ProjectLane(options, state),
        _ => new FusedLane(state.IsEmpty ? new TickPipeline(options, book) : TickPipeline.Load(options, book, state)),
    };
}
