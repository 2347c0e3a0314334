using System.IO.Compression;
using System.Text;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Faults;

/// <summary>Breaks an answer as a whole: its status, its bytes or its way over the wire.</summary>
internal static class Breakage
{
    public const int SkewMinutes = 17;

    private const string Page = """
        <!DOCTYPE html>
        <html><head><title>Service Unavailable</title></head>
        <body><h1>We are sorry</h1><p>The page you requested is being maintained. Please try again later.</p></body></html>
        """;

    private const string ThrottleText = "Too many requests. Please wait at least 5 seconds between requests and try again.\r\n";

    /// <summary>Whether the rows themselves suffer, rather than the answer as a whole.</summary>
    public static bool TouchesRows(FaultKind kind) =>
        kind is FaultKind.DuplicateRows or FaultKind.ConflictingRows or FaultKind.MissingInterval
        or FaultKind.RenamedColumn or FaultKind.AddedColumn or FaultKind.RetiredNode or FaultKind.NewNode;

    /// <summary>The answer that takes the place of the real one; null for kinds that spoil the real one.</summary>
    public static SandboxResponse? Instead(Fault fault) => fault.Kind switch
    {
        FaultKind.TooManyRequests => SandboxResponse.Text(429, "text/plain", "Too Many Requests"),
        FaultKind.TooManyRequestsWithRetryAfter => SandboxResponse.Text(429, "text/plain", "Too Many Requests")
            .With("Retry-After", $"{fault.RetryAfterSeconds}"),
        FaultKind.ServerError => SandboxResponse.Text(500, "text/html", "<html><body><h1>500 Internal Server Error</h1></body></html>"),
        FaultKind.ServiceUnavailable =>
            SandboxResponse.Text(503, "text/html", "<html><body><h1>503 Service Unavailable</h1></body></html>"),
        FaultKind.HtmlPage => SandboxResponse.Text(200, "text/html; charset=utf-8", Page),
        _ => null,
    };

    /// <summary>Spoils a whole answer, or gives null where the kind does not fit it (a checksum where there is no zip).</summary>
    public static (SandboxResponse Response, string Detail)? Spoil(SandboxResponse response, Fault fault, Instant stamp)
    {
        var body = response.Body;
        if (response.Status != 200 || body.Length == 0)
        {
            return null;
        }

        var cut = 1 + (int)(fault.Draw % (ulong)Math.Max(1, body.Length - 1));
        switch (fault.Kind)
        {
            case FaultKind.SlowDrip:
                var piece = Math.Max(64, body.Length / 40);
                return (response with { Delivery = new Delivery(DripBytes: piece, DripPause: Duration.FromMilliseconds(150)) },
                    $"{piece} bytes every 150 ms");
            case FaultKind.CutConnection:
                return (response with { Delivery = new Delivery(CutAfterBytes: cut) }, $"{cut} of {body.Length} bytes");
            case FaultKind.WrongLength:
                return (response with { Delivery = new Delivery(DeclaredBytes: body.Length + 1024L) },
                    $"{body.Length + 1024} said, {body.Length} sent");
            case FaultKind.Truncated:
                return (response with { Body = body[..cut] }, $"{cut} of {body.Length} bytes");
            case FaultKind.EmptyBody:
                return (response with { Body = ReadOnlyMemory<byte>.Empty }, "no bytes");
            case FaultKind.BadCrc when IsZip(body.Span):
                return (response with { Body = FlipChecksum(body) }, "a checksum flipped");
            case FaultKind.ErrorXmlInZip when IsZip(body.Span) && response.Header("Content-Disposition") is { } name
                && name.Contains("_v", StringComparison.Ordinal):
                return (response with { Body = Zips.One(
                    "INVALID_REQUEST.xml", Caiso.OasisError.Document(1015, Caiso.OasisError.StillProcessing, stamp), stamp) },
                    "error 1015");
            case FaultKind.ThrottleTextInZip when IsZip(body.Span):
                return (response with { Body = Zips.One(FirstName(body), Encoding.UTF8.GetBytes(ThrottleText), stamp) }, "throttle text");
            default:
                return null;
        }
    }

    private static bool IsZip(ReadOnlySpan<byte> body) => body.StartsWith("PK"u8);

    private static string FirstName(ReadOnlyMemory<byte> body)
    {
        using var zip = new ZipArchive(new MemoryStream(body.ToArray(), writable: false));
        return zip.Entries[0].FullName;
    }

    /// <summary>Flips a bit of the first member's CRC-32 in its central record, where readers look for it, and in its local one.</summary>
    private static byte[] FlipChecksum(ReadOnlyMemory<byte> body)
    {
        var bytes = body.ToArray();
        bytes[14] ^= 0x5A;
        var central = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        bytes[central + 16] ^= 0x5A;
        return bytes;
    }
}
