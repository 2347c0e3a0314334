namespace Aurum.App.Ticks.Stages;

/// <summary>What a stage that reads messages does with the bytes of its input.</summary>
internal interface IByteStage : IDisposable
{
    /// <summary>What it did so far, for a person.</summary>
    string Summary { get; }

    /// <summary>Takes all whole messages of the bytes and sends on what they give.</summary>
    /// <param name="input">The stream that the bytes are of.</param>
    /// <param name="bytes">Its next bytes: what was left over before, and more.</param>
    /// <param name="position">Place of the first of them in the stream.</param>
    /// <param name="isEnd">Whether nothing follows.</param>
    /// <returns>Bytes taken.</returns>
    int OnBytes(StageInput input, ReadOnlySpan<byte> bytes, long position, bool isEnd);

    /// <summary>The input has ended.</summary>
    void Complete();
}
