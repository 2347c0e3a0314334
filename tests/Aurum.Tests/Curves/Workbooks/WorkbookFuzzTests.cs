using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Aurum.Curves.Workbooks;
using Aurum.Market.Feeds;
using Aurum.Sandbox.Workbooks;
using NodaTime;

namespace Aurum.Tests.Curves.Workbooks;

/// <summary>Workbooks that somebody damaged, on purpose or not: each is read or refused by name, soon, and within the
/// limits.</summary>
public sealed class WorkbookFuzzTests
{
    private const double MostSeconds = 30;
    private const long MostBytes = 300L << 20;

    private static readonly LocalDate Day = new(2025, 9, 17);

    /// <summary>Cells of the kinds that readers trip over.</summary>
    private static readonly string[] Cells =
    [
        "1e308", "-1e308", "1e-400", "NaN", "1,145 / 1,146", "((1)) / 2", "/", "//", " - - - ", "NA", "#REF!", "2958466", "-1", "0", "60",
        "Winter 9999-0001", "Calendar 0000", "Q5 2025", "Bal 9999", "\u00a0", "&#0;", "&amp;#x10FFFF;", "<![CDATA[x]]>", "_xD800_",
        "99999999999999999999",
    ];

    [Fact]
    public void A_workbook_whose_bytes_are_changed_is_read_or_refused() => Zips(new Random(1), 200);

    [Fact]
    public void A_workbook_whose_XML_is_changed_is_read_or_refused() => Parts(new Random(2), 200);

    [Fact]
    public void A_workbook_whose_cells_are_changed_is_read_or_refused() => Values(new Random(3), 200);

    [Fact]
    public void A_workbook_of_the_old_form_whose_bytes_are_changed_is_read_or_refused() => OldForm(new Random(4), 600);

    [Fact]
    [Trait("Category", "Slow")]
    public void Thousands_of_changed_zips_are_read_or_refused() => Zips(new Random(11), 4_000);

    [Fact]
    [Trait("Category", "Slow")]
    public void Thousands_of_changed_parts_are_read_or_refused() => Parts(new Random(12), 4_000);

    [Fact]
    [Trait("Category", "Slow")]
    public void Thousands_of_changed_cells_are_read_or_refused() => Values(new Random(13), 4_000);

    [Fact]
    [Trait("Category", "Slow")]
    public void Thousands_of_changed_workbooks_of_the_old_form_are_read_or_refused() => OldForm(new Random(14), 10_000);

    private static void Zips(Random random, int count)
    {
        var whole = Zipped(PartsOf(Small()));
        Run(count, () => Damaged(whole, random), mostRead: 0.9);
    }

    private static void OldForm(Random random, int count)
    {
        var whole = XlsWorkbookTests.Bytes();
        Run(count, () => Damaged(whole, random), mostRead: 0.98);
    }

    private static void Parts(Random random, int count)
    {
        var parts = PartsOf(Small());
        Run(count, () => Zipped(Changed(parts, random, Mutated)), mostRead: 0.9);
    }

    private static void Values(Random random, int count)
    {
        var parts = PartsOf(Small());
        Run(count, () => Zipped(Changed(parts, random, Revalued)), mostRead: 0.98);
    }

    private static void Run(int count, Func<byte[]> make, double mostRead)
    {
        var read = 0;
        var allocated = 0L;
        for (var i = 0; i < count; i++)
        {
            var bytes = make();
            var start = Stopwatch.GetTimestamp();
            var before = GC.GetAllocatedBytesForCurrentThread();
            read += IsRead(bytes, i) ? 1 : 0;
            allocated = Math.Max(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < MostSeconds, $"change {i} takes too long");
        }

        Assert.InRange(allocated, 0, MostBytes);
        Assert.InRange(read, 0, (int)(count * mostRead));
    }

    private static bool IsRead(byte[] bytes, int number)
    {
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            WorkbookReader.Read(stream, "EOD_EUGP_20250917_1430.xlsx");
            return true;
        }
        catch (FeedFormatException)
        {
            return false;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"change {number} is neither read nor refused", e);
        }
    }

    private static byte[] Damaged(byte[] whole, Random random)
    {
        var bytes = (byte[])whole.Clone();
        for (var n = random.Next(1, 12); n > 0; n--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.AsSpan(at, Math.Min(random.Next(1, 64), bytes.Length - at)).Fill((byte)random.Next(256));
                    break;
                case 2:
                    var from = random.Next(bytes.Length);
                    var length = Math.Min(random.Next(1, 512), bytes.Length - Math.Max(at, from));
                    bytes.AsSpan(from, length).CopyTo(bytes.AsSpan(at));
                    break;
                case 3:
                    BitConverter.TryWriteBytes(bytes.AsSpan(at), random.Next(3) switch { 0 => -1, 1 => int.MaxValue, _ => random.Next() });
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }
        }

        return random.Next(6) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static Dictionary<string, string> Changed(Dictionary<string, string> parts, Random random, Func<string, Random, string> change)
    {
        var changed = new Dictionary<string, string>(parts);
        var names = changed.Keys.Where(name => change != Revalued || name.Contains("sheet", StringComparison.OrdinalIgnoreCase)
            || name.Contains("sharedStrings", StringComparison.Ordinal)).ToList();
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var name = names[random.Next(names.Count)];
            changed[name] = change(changed[name], random);
        }

        return changed;
    }

    private static string Mutated(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(1, 40), text.Length - at);
        return random.Next(6) switch
        {
            0 => text[..at],
            1 => text.Insert(at, ((char)random.Next(1, 0x300)).ToString()),
            2 => text.Remove(at, length),
            3 => text.Insert(at, text.Substring(at, length)),
            4 => text.Insert(at, string.Concat(Enumerable.Repeat("<a>", random.Next(1, 3_000)))),
            _ => text.Insert(at, "<!DOCTYPE x [<!ENTITY a \"b\">]>&a;"),
        };
    }

    /// <summary>Another value between two tags that hold one.</summary>
    private static string Revalued(string text, Random random)
    {
        var tag = random.Next(2) == 0 ? "<v>" : "<t xml:space=\"preserve\">";
        var at = text.IndexOf(tag, random.Next(text.Length), StringComparison.Ordinal);
        var end = at < 0 ? -1 : text.IndexOf("</", at, StringComparison.Ordinal);
        return end < 0 ? text : string.Concat(text.AsSpan(0, at + tag.Length), Cells[random.Next(Cells.Length)], text.AsSpan(end));
    }

    /// <summary>A made-up workbook with few months, so that thousands are read soon.</summary>
    private static byte[] Small() => VendorWorkbooks.Make("eugp", Day, 1).Bytes;

    private static Dictionary<string, string> PartsOf(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        var parts = new Dictionary<string, string>();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            var text = reader.ReadToEnd();
            parts[entry.FullName] = entry.FullName.Contains("worksheets", StringComparison.Ordinal) ? Shortened(text) : text;
        }

        return parts;
    }

    /// <summary>Rows 1 to 15 of a sheet.</summary>
    private static string Shortened(string sheet)
    {
        var from = sheet.IndexOf("<row r=\"16\"", StringComparison.Ordinal);
        return from < 0 ? sheet : sheet[..from] + sheet[sheet.IndexOf("</sheetData>", StringComparison.Ordinal)..];
    }

    private static byte[] Zipped(Dictionary<string, string> parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }
}
