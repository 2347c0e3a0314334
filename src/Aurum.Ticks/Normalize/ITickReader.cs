namespace Aurum.Ticks.Normalize;

/// <summary>Reads the messages of one format.</summary>
internal interface ITickReader
{
    /// <param name="message">One message, without its line end.</param>
    /// <param name="raw">Takes what the message says; nothing is known of it before.</param>
    /// <param name="fault">Takes what is wrong.</param>
    ReadResult Read(ReadOnlySpan<byte> message, ref RawTick raw, Fault fault);
}

/// <summary>What a message is.</summary>
internal enum ReadResult : byte
{
    Fault,
    Tick,

    /// <summary>A header or a definition of names: no message of anybody.</summary>
    Definition,
}
