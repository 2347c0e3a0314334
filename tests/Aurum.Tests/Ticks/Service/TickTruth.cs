using Aurum.App.Ticks;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;

namespace Aurum.Tests.Ticks.Service;

/// <summary>What becomes of the beginning of a file of messages in a pipeline that takes it in one go, without a store.</summary>
internal sealed class TickTruth : IDisposable
{
    private readonly TickPipeline _pipeline;
    private readonly List<string> _bars = [];

    /// <param name="file">Messages.</param>
    /// <param name="bytes">Bytes of whole messages that count; the file is cut there.</param>
    /// <param name="options">Delays and limits.</param>
    public TickTruth(string file, long bytes, TickPipelineOptions options)
    {
        _pipeline = new TickPipeline(options, InstrumentBook.Empty);
        using var messages = File.Open(file, FileMode.Open);
        messages.SetLength(bytes);
        TickFile.Read(
            messages,
            new TickStreamOptions(),
            _pipeline,
            output =>
            {
                Ticks += output.Ticks.Count;
                LetterBytes += output.DeadLetters.Items.ToArray().Sum(static l => (long)l.Length);
                _bars.AddRange(TickHome.LinesOf(output.Bars.Items, _pipeline.Instruments));
            },
            default);
        _bars.Sort(StringComparer.Ordinal);
    }

    public TickCounters Counters => _pipeline.Counters;

    public long Ticks { get; private set; }

    /// <summary>Bytes of the messages of its dead letters.</summary>
    public long LetterBytes { get; private set; }

    /// <summary>All bars with their revisions: the lines of <see cref="TickHome.Bars"/>.</summary>
    public IReadOnlyList<string> Bars => _bars;

    /// <summary>The latest price of each instrument.</summary>
    public IEnumerable<(TickInstrument Instrument, LatestPrice Price)> Prices()
    {
        for (var i = 0; i < _pipeline.Instruments.Count; i++)
        {
            Assert.True(_pipeline.Project.TryLatest(i, out var price));
            yield return (_pipeline.Instruments[i], price);
        }
    }

    public void Dispose() => _pipeline.Dispose();
}
