namespace Aurum.Market.Time;

/// <summary>The names that vendors and people give to blocks of hours.</summary>
public static class BlockNames
{
    private static readonly Dictionary<string, Block> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ATC"] = Block.AllHours,
        ["7x24"] = Block.AllHours,
        ["BASE"] = Block.AllHours,
        ["ON_PEAK"] = Block.OnPeak,
        ["ONPEAK"] = Block.OnPeak,
        ["PEAK"] = Block.OnPeak,
        ["OFF_PEAK"] = Block.OffPeak,
        ["OFFPEAK"] = Block.OffPeak,
        ["5x16"] = Block.FiveBySixteen,
        ["2x16"] = Block.TwoBySixteen,
        ["7x8"] = Block.SevenByEight,
        ["7x16"] = Block.SevenBySixteen,
    };

    /// <summary>Every name that is understood, for messages.</summary>
    public static IReadOnlyCollection<string> All => Known.Keys;

    /// <summary>Reads <c>BASE</c>, <c>ON_PEAK</c>, <c>on-peak</c>, <c>5x16</c>. False for anything else; nothing is guessed.</summary>
    public static bool TryParse(string text, out Block block) =>
        Known.TryGetValue(text.Trim().Replace('-', '_').Replace(' ', '_'), out block);

    /// <summary>The name as a curve's identity writes it.</summary>
    public static string Text(Block block) => block switch
    {
        Block.AllHours => "ATC",
        Block.OnPeak => "ON_PEAK",
        Block.OffPeak => "OFF_PEAK",
        Block.FiveBySixteen => "5X16",
        Block.TwoBySixteen => "2X16",
        Block.SevenByEight => "7X8",
        Block.SevenBySixteen => "7X16",
        _ => throw new ArgumentOutOfRangeException(nameof(block), block, "expected a block"),
    };
}
