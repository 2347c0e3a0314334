using System.Text;
using Aurum.Ticks.Normalize;

namespace Aurum.Ticks;

/// <summary>One stream of bytes that a pipeline reads among others: what its format needs to know of the bytes before.</summary>
/// <remarks>Made by <see cref="TickPipeline.Open"/>; to be given back to the pipeline that made it. Nothing has to be closed.</remarks>
public sealed class TickStream
{
    internal TickStream(TickStreamOptions options, ITickReader reader)
    {
        Options = options;
        Reader = reader;
        Tenant = Encoding.UTF8.GetBytes(options.Tenant);
    }

    public TickStreamOptions Options { get; }

    internal ITickReader Reader { get; }

    internal byte[] Tenant { get; }

    /// <summary>Whether the rest of a line that is too long is being stepped over.</summary>
    internal bool IsSkipping { get; set; }
}
