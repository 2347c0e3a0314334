using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Ticks.Stages;

/// <summary>A stream of messages for a stage.</summary>
/// <param name="Name">What it is called in dead letters.</param>
/// <param name="Stream">How it is written.</param>
/// <param name="Open">Opens its bytes; who calls it closes them.</param>
internal sealed record StageInput(string Name, TickStream Stream, Func<Stream> Open)
{
    /// <summary>How its dead letters are read again.</summary>
    public LetterForms Forms { get; } = new(Stream);
}
