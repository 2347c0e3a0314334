using System.Globalization;
using Aurum.Market.Feeds;

namespace Aurum.App.Simulation;

/// <summary>Where the CPU time of a full day goes, told apart by what a thread is doing: publishing in the sandbox, reading files, judging
/// and staging rows. What is left of the process's time is fetching, archiving, committing and the rest.</summary>
internal sealed class FullDayMeter
{
    private long _sandboxTicks;
    private long _parseTicks;
    private long _outputTicks;

    public TimeSpan Sandbox => new(Interlocked.Read(ref _sandboxTicks));

    /// <summary>Unpacking and reading, without <see cref="Output"/>.</summary>
    public TimeSpan Parse => new(Interlocked.Read(ref _parseTicks));

    /// <summary>The gate and the stage of the store.</summary>
    public TimeSpan Output => new(Interlocked.Read(ref _outputTicks));

    /// <summary>Largest resident memory of the process so far, bytes; 0 where the system does not tell.</summary>
    public static long PeakResidentBytes()
    {
        const string Status = "/proc/self/status";
        var line = File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))
            : null;
        return line is null
            ? 0
            : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>The handler with its time noted.</summary>
    public HttpMessageHandler Around(HttpMessageHandler publishers) => new SandboxTime(this, publishers);

    /// <summary>The feed with the times of its reader noted.</summary>
    public Feed Around(Feed feed) => feed.Accept(new Wrapper(this));

    private sealed class SandboxTime(FullDayMeter meter, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // The publishers answer before they return.
            var started = ThreadCpu.Now;
            var answer = base.SendAsync(request, cancellationToken);
            Interlocked.Add(ref meter._sandboxTicks, (ThreadCpu.Now - started).Ticks);
            return answer;
        }
    }

    private sealed class Wrapper(FullDayMeter meter) : IFeedVisitor<Feed>
    {
        public Feed Visit<TRow>(Feed<TRow> feed)
            where TRow : struct => feed.With(parse: (file, output) =>
        {
            var timed = new TimedOutput<TRow>(output);
            var started = ThreadCpu.Now;
            try
            {
                return feed.Parse(file, timed);
            }
            finally
            {
                Interlocked.Add(ref meter._parseTicks, (ThreadCpu.Now - started - timed.Spent).Ticks);
                Interlocked.Add(ref meter._outputTicks, timed.Spent.Ticks);
            }
        });
    }

    private sealed class TimedOutput<TRow>(IRowOutput<TRow> output) : IRowOutput<TRow>
        where TRow : struct
    {
        public TimeSpan Spent { get; private set; }

        public void OnRows(ReadOnlySpan<TRow> rows)
        {
            var started = ThreadCpu.Now;
            output.OnRows(rows);
            Spent += ThreadCpu.Now - started;
        }
    }
}
