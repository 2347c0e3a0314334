namespace Aurum.Sandbox.Faults;

/// <summary>What can go wrong with an answer.</summary>
public enum FaultKind
{
    /// <summary>429 without a word on when to come back.</summary>
    TooManyRequests,

    /// <summary>429 with Retry-After in seconds.</summary>
    TooManyRequestsWithRetryAfter,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>503.</summary>
    ServiceUnavailable,

    /// <summary>The whole body, a few bytes at a time.</summary>
    SlowDrip,

    /// <summary>The connection breaks in the middle of the body.</summary>
    CutConnection,

    /// <summary>Content-Length says more than there is.</summary>
    WrongLength,

    /// <summary>The body ends early although HTTP says that it is whole: a cut zip, CSV or JSON.</summary>
    Truncated,

    /// <summary>A byte inside a zip member is flipped, so that its checksum does not fit. Zip answers only.</summary>
    BadCrc,

    /// <summary>Status 200 and a page for people.</summary>
    HtmlPage,

    /// <summary>OASIS' error document, code 1015 (still in processing), inside a zip. CAISO only.</summary>
    ErrorXmlInZip,

    /// <summary>A sentence about too many requests in place of the file inside a zip. Zip answers only.</summary>
    ThrottleTextInZip,

    /// <summary>Status 200 and nothing.</summary>
    EmptyBody,

    /// <summary>Some rows come twice, alike.</summary>
    DuplicateRows,

    /// <summary>Some rows come twice, with different values.</summary>
    ConflictingRows,

    /// <summary>All rows of one interval are left out.</summary>
    MissingInterval,

    /// <summary>A column or key that the feed needs has another name.</summary>
    RenamedColumn,

    /// <summary>One column or key more than documented.</summary>
    AddedColumn,

    /// <summary>One place of the day is left out.</summary>
    RetiredNode,

    /// <summary>A place appears that nobody has heard of.</summary>
    NewNode,

    /// <summary>Date header and the stamps of making in the body are 17 minutes ahead; the data is right.</summary>
    ClockSkew,
}
