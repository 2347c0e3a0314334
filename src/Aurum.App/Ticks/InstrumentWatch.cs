using Aurum.App.Configuration;
using Aurum.Market.Feeds;
using Aurum.Ticks.Enrich;

namespace Aurum.App.Ticks;

/// <summary>The instrument book of a data directory: read at the start, and again when its file has changed. No file is an empty
/// book.</summary>
/// <remarks>At the start a file that cannot be read is an error; later the book before it stays, and <see cref="Fault"/> says
/// why.</remarks>
internal sealed class InstrumentWatch : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly Lock _looking = new();
    private (DateTime Written, long Bytes) _seen;
    private ITimer? _timer;
    private volatile InstrumentBook _book = InstrumentBook.Empty;
    private volatile string _fault = "";

    private InstrumentWatch(string path) => _path = path;

    /// <summary>The book as it was last read whole.</summary>
    public InstrumentBook Book => _book;

    /// <summary>What is wrong with the file as it is now; empty where nothing is.</summary>
    public string Fault => _fault;

    /// <exception cref="OptionsException">The file cannot be read.</exception>
    public static InstrumentWatch Open(string path)
    {
        var watch = new InstrumentWatch(path);
        watch.Look();
        return watch.Fault.Length == 0 ? watch : throw new OptionsException(watch.Fault);
    }

    /// <summary>Looks at the file every other second.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="changed">Takes each new book.</param>
    public void Start(TimeProvider time, Action<InstrumentBook> changed) => _timer = time.CreateTimer(
        _ =>
        {
            if (Look())
            {
                changed(_book);
            }
        },
        null,
        Period,
        Period);

    /// <summary>Reads the file where it is another one than at the last look.</summary>
    /// <returns>Whether there is another book.</returns>
    internal bool Look()
    {
        lock (_looking)
        {
            var file = new FileInfo(_path);
            var now = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
            if (now == _seen)
            {
                return false;
            }

            try
            {
                _book = file.Exists ? Read() : InstrumentBook.Empty;
                (_seen, _fault) = (now, "");
                return true;
            }
            catch (FeedFormatException e)
            {
                (_seen, _fault) = (now, e.Message);
                return false;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Perhaps it is being replaced: the next look tries again.
                _fault = $"{_path}: {e.Message}";
                return false;
            }
        }
    }

    public void Dispose() => _timer?.Dispose();

    private InstrumentBook Read()
    {
        using var stream = File.OpenRead(_path);
        return InstrumentCsv.Read(stream, _path);
    }
}
