using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Store.Avro;
using NodaTime;

namespace Aurum.Cluster.Contracts;

/// <summary>What all rows of an operator's feed have in common, as UTF-8.</summary>
internal sealed class IsoFacts
{
    private const int MaxNumberBytes = 32;

    private readonly byte[] _feed;

    /// <summary>Operators that the enum of the contracts has.</summary>
    private static readonly string[] KnownIsos = ["PJM", "CAISO", "ERCOT", "NYISO", "MISO", "ISONE", "SPP", "AESO"];

    /// <exception cref="ArgumentException">The feed is no operator's.</exception>
    public IsoFacts(Feed feed)
    {
        Contract = feed.Contract ?? throw new ArgumentException(
            $"expected a feed of a market operator, found {feed.Id}, which has no ISO contract", nameof(feed));
        Zone = DateTimeZoneProviders.Tzdb[Contract.IsoTimezone];
        var unit = Contract.IsoUnit.Split('/');
        (IsoUtf8, MarketUtf8, ZoneUtf8) = (Utf8(Contract.IsoCode), Utf8(Contract.MarketText), Utf8(Contract.IsoTimezone));
        (CurrencyUtf8, UomUtf8) = (Utf8(unit[0]), Utf8(unit[^1]));
        IsoLower = Contract.IsoCode.ToLowerInvariant();
        _feed = Utf8(feed.Id.Text);
    }

    public IsoContract Contract { get; }

    public string IsoLower { get; }

    public DateTimeZone Zone { get; }

    public byte[] IsoUtf8 { get; }

    public byte[] MarketUtf8 { get; }

    public byte[] ZoneUtf8 { get; }

    /// <summary>USD or CAD, of prices.</summary>
    public byte[] CurrencyUtf8 { get; }

    /// <summary>What a price is per: MWh or MW.</summary>
    public byte[] UomUtf8 { get; }

    /// <summary>Whether the enum of operators has this one; else it is UNKNOWN there and named in the metadata.</summary>
    public bool IsKnown => KnownIsos.Contains(Contract.IsoCode);

    /// <summary>The metadata as an optional map: feed, revision, operator where the enum has it not, and one more number.</summary>
    public void WriteMetadata(AvroBuffer output, long revision, ReadOnlySpan<byte> name, double number)
    {
        WriteMetadataHead(output, revision, double.IsNaN(number) ? 0 : 1);
        if (!double.IsNaN(number))
        {
            output.WriteBytes(name);
            Span<byte> text = stackalloc byte[MaxNumberBytes];
            number.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
            output.WriteBytes(text[..length]);
        }

        output.WriteLong(0);
    }

    /// <summary>The begin of the metadata; so many entries more and a 0 must follow.</summary>
    public void WriteMetadataHead(AvroBuffer output, long revision, int more)
    {
        output.WriteLong(1);
        output.WriteLong(2 + more + (IsKnown ? 0 : 1));
        output.WriteBytes("feed"u8);
        output.WriteBytes(_feed);
        output.WriteBytes("revision"u8);
        Span<byte> digits = stackalloc byte[MaxNumberBytes];
        Utf8Formatter.TryFormat(revision, digits, out var length);
        output.WriteBytes(digits[..length]);
        if (!IsKnown)
        {
            output.WriteBytes("iso_code"u8);
            output.WriteBytes(IsoUtf8);
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
