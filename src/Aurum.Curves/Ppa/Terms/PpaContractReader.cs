using Aurum.Curves.Documents;

namespace Aurum.Curves.Ppa.Terms;

/// <summary>Reads a contract's document.</summary>
public static class PpaContractReader
{
    /// <param name="json">UTF-8.</param>
    /// <exception cref="DocumentException">Anything is wrong with it: all faults at once, with path, what is allowed and what was
    /// found.</exception>
    public static PpaContract Read(ReadOnlyMemory<byte> json) => throw new NotSupportedException($"{json.Length} bytes");
}
