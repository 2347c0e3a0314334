namespace Aurum.Market.Ticks;

/// <summary>Why a message is no tick. Stored by number: reasons are only ever added.</summary>
public enum DeadLetterReason
{
    InvalidUtf8 = 1,
    InvalidJson = 2,

    /// <summary>Longer than a message may be.</summary>
    TooLong = 3,

    /// <summary>A field that has to be there is not, or is null.</summary>
    MissingField = 4,

    /// <summary>A field is of another type than the contract says.</summary>
    WrongType = 5,

    /// <summary>A field stands twice in one object.</summary>
    RepeatedField = 6,

    /// <summary>A text is empty, too long or holds control characters.</summary>
    InvalidText = 7,

    /// <summary>A version of the contract that this reader does not know.</summary>
    UnsupportedVersion = 8,

    /// <summary>The raw payload is encoded in another way than JSON.</summary>
    UnsupportedEncoding = 9,

    /// <summary>The raw payload is not the JSON object that it should be.</summary>
    InvalidPayload = 10,

    /// <summary>The raw payload's SHA-256 is another than the message says.</summary>
    ChecksumMismatch = 11,

    /// <summary>Not a time, or a number that is not in microseconds.</summary>
    InvalidTime = 12,

    /// <summary>A wall-clock reading whose zone nothing tells.</summary>
    TimeWithoutZone = 13,

    /// <summary>A local reading that its clock jumped over, or that stands for two instants.</summary>
    AmbiguousTime = 14,

    /// <summary>It occurred after it was taken in.</summary>
    TimeInFuture = 15,

    /// <summary>Its minute left the allowed lateness.</summary>
    TooLate = 16,
    InvalidNumber = 17,
    MissingPrice = 18,
    PriceLimit = 19,
    VolumeNegative = 20,
    VolumeLimit = 21,
    MissingInstrumentId = 22,

    /// <summary>The instrument belongs to another market.</summary>
    MarketMismatch = 23,

    /// <summary>The instrument is priced in another currency or unit.</summary>
    UnitMismatch = 24,

    /// <summary>A row of a price's component rather than of a price.</summary>
    NotAPrice = 25,

    /// <summary>The file's header does not name the columns that a tick needs.</summary>
    InvalidHeader = 26,

    /// <summary>A row has another number of fields than its header, or quotes that do not match.</summary>
    InvalidRow = 27,

    /// <summary>A binary record that does not match its checksum or its size.</summary>
    InvalidRecord = 28,

    /// <summary>More tenants, instruments, sources or units than a run may have.</summary>
    TooManyNames = 29,

    /// <summary>More windows are open than a run may have.</summary>
    TooManyWindows = 30,
}
