namespace Aurum.Market.Ticks;

/// <summary>A message that is no tick: what is wrong with it, and where its original bytes are.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Field">Path of the field, for example <c>payload.raw_payload.price</c>; empty where it is the whole message.</param>
/// <param name="Expected">What should stand there.</param>
/// <param name="Found">What stands there, at most 64 letters of it.</param>
/// <param name="Position">First byte of the message in its source.</param>
/// <param name="Length">Bytes of the message, without its line end.</param>
public sealed record DeadLetter(
    DeadLetterReason Reason, string Field, string Expected, string Found, long Position, int Length)
{
    /// <summary>The code of the dead-letter contract: VALIDATION_ERROR, CONTRACT_VIOLATION or SERIALIZATION_ERROR.</summary>
    public string ErrorCode => Reason switch
    {
        DeadLetterReason.InvalidUtf8 or DeadLetterReason.InvalidJson or DeadLetterReason.TooLong or DeadLetterReason.InvalidPayload
            or DeadLetterReason.InvalidRow or DeadLetterReason.InvalidRecord or DeadLetterReason.InvalidHeader => "SERIALIZATION_ERROR",
        DeadLetterReason.MissingPrice or DeadLetterReason.MissingInstrumentId or DeadLetterReason.MarketMismatch
            or DeadLetterReason.UnitMismatch or DeadLetterReason.NotAPrice or DeadLetterReason.TooLate => "CONTRACT_VIOLATION",
        _ => "VALIDATION_ERROR",
    };

    /// <summary>Whether aggregation refused it rather than normalisation.</summary>
    public string Stage =>
        Reason is DeadLetterReason.TooLate or DeadLetterReason.TooManyWindows ? "AGGREGATION" : "NORMALIZATION";

    /// <summary><c>byte 120: payload.market: expected a text, found 7</c>.</summary>
    public string Message =>
        $"byte {Position}: {(Field.Length > 0 ? Field + ": " : "")}expected {Expected}, found {(Found.Length > 0 ? Found : "nothing")}";

    public override string ToString() => $"{Reason}: {Message}";
}
