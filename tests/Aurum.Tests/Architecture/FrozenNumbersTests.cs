using System.Text.RegularExpressions;
using Aurum.Market.Feeds;
using Aurum.Market.Ticks;
using Aurum.Ticks.Frames;

namespace Aurum.Tests.Architecture;

/// <summary>Numbers that lie on disk mean for ever what they mean now.</summary>
public sealed partial class FrozenNumbersTests
{
    private static readonly Dictionary<Type, string> Frozen = new()
    {
        [typeof(Outcome)] = "Data=1 ProvenEmpty=2 NotYetPublished=3 Throttled=4 Unavailable=5 Malformed=6",
        [typeof(BarInterval)] = "OneMinute=1 FiveMinutes=2 FifteenMinutes=3 OneHour=4 OneDay=5",
        [typeof(BarMarks)] = "None=0 PartialStart=1 PartialEnd=2",
        [typeof(TickOutcome)] = "Accepted=1 Duplicate=2 LateAmended=3 DeadLettered=4",
        [typeof(QualityFlags)] =
            "None=0 PriceNegative=1 OutOfRange=2 VolumeSpike=4 LateArrival=8 MissingMetadata=16 Duplicate=32 SequenceGap=64 OutOfOrder=128 "
            + "MissingVolume=256 MissingPricePrimary=512 PriceBackfilled=1024 LowConfidenceClassification=2048 CrossedQuote=4096 "
            + "UnknownMarket=8192",
        [typeof(DeadLetterReason)] =
            "InvalidUtf8=1 InvalidJson=2 TooLong=3 MissingField=4 WrongType=5 RepeatedField=6 InvalidText=7 UnsupportedVersion=8 "
            + "UnsupportedEncoding=9 InvalidPayload=10 ChecksumMismatch=11 InvalidTime=12 TimeWithoutZone=13 AmbiguousTime=14 "
            + "TimeInFuture=15 TooLate=16 InvalidNumber=17 MissingPrice=18 PriceLimit=19 VolumeNegative=20 VolumeLimit=21 "
            + "MissingInstrumentId=22 MarketMismatch=23 UnitMismatch=24 NotAPrice=25 InvalidHeader=26 InvalidRow=27 InvalidRecord=28 "
            + "TooManyNames=29 TooManyWindows=30",
        [typeof(FrameSection)] =
            "Names=1 Ticks=2 Bars=3 Prices=4 CurvePoints=5 Letter=6 Checkpoint=7 BatchKey=8 Redriven=9 Watermark=10 Complete=11 End=12 LetterForm=13",
    };

    public static TheoryData<string> Names => new(Frozen.Keys.Select(static t => t.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Stored_numbers_keep_their_meaning(string name)
    {
        var (type, expected) = Frozen.Single(f => f.Key.Name == name);
        var found = Enum.GetValues(type).Cast<Enum>().OrderBy(static v => Convert.ToInt64(v, null))
            .Select(static v => $"{v}={Convert.ToInt64(v, null)}");
        Assert.StartsWith(expected, string.Join(' ', found), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_enum_that_is_stored_by_number_is_frozen_here()
    {
        var stored = Repository.Sources.SelectMany(static f => StoredByNumber().Matches(f.Text))
            .Select(static m => m.Groups[1].Value);
        Assert.Equal(Frozen.Keys.Select(static t => t.Name).Order(StringComparer.Ordinal),
            stored.Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"Stored by number[^\n]*\n(?:\s*(?:///|\[)[^\n]*\n)*\s*(?:public|internal) enum (\w+)")]
    private static partial Regex StoredByNumber();
}
