namespace Aurum.App.Simulation;

/// <summary>How a law fared: things looked at, things found broken, the first of them in words.</summary>
internal sealed class LawResult(string law)
{
    private const int MaxExamples = 5;

    private readonly List<string> _examples = [];

    public string Law { get; } = law;

    public long Checked { get; private set; }

    public long Broken { get; private set; }

    public IReadOnlyList<string> Examples => _examples;

    public void Count(bool holds, Func<string> what) => Count(1, holds ? 0 : 1, what);

    public void Count(long looked, long broken, Func<string> what)
    {
        Checked += looked;
        Broken += broken;
        if (broken > 0 && _examples.Count < MaxExamples)
        {
            _examples.Add(what());
        }
    }
}
