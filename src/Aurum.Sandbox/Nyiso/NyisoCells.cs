using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;

namespace Aurum.Sandbox.Nyiso;

/// <summary>Writes the cells that NYISO's files have in common.</summary>
internal static class NyisoCells
{
    public static void Stamp(RowWriter writer, long at, bool hasSeconds, bool isQuoted)
    {
        var label = LocalLabel.Of(at, MarketZones.Eastern);
        Quote(writer, isQuoted);
        writer.Digits(label.Month, 2);
        writer.Byte((byte)'/');
        writer.Digits(label.Day, 2);
        writer.Byte((byte)'/');
        writer.Digits(label.Year, 4);
        writer.Byte((byte)' ');
        writer.Digits(label.Hour, 2);
        writer.Byte((byte)':');
        writer.Digits(label.Minute, 2);
        if (hasSeconds)
        {
            writer.Byte((byte)':');
            writer.Digits(label.Second, 2);
        }

        Quote(writer, isQuoted);
    }

    /// <summary>EDT or EST.</summary>
    public static void ZoneWord(RowWriter writer, long at, bool isQuoted)
    {
        writer.Byte((byte)',');
        Quote(writer, isQuoted);
        writer.Text(LocalLabel.Of(at, MarketZones.Eastern).IsSummer(-5) ? "EDT"u8 : "EST"u8);
        Quote(writer, isQuoted);
    }

    public static void Word(RowWriter writer, string text, bool isQuoted)
    {
        writer.Byte((byte)',');
        Quote(writer, isQuoted);
        writer.Text(text);
        Quote(writer, isQuoted);
    }

    public static void Number(RowWriter writer, long units, int decimals, bool cutZeros)
    {
        writer.Byte((byte)',');
        writer.Fixed(units, decimals, cutZeros);
    }

    private static void Quote(RowWriter writer, bool isQuoted)
    {
        if (isQuoted)
        {
            writer.Byte((byte)'"');
        }
    }
}
