using Aurum.Store;
using Aurum.Store.Ticks;

namespace Aurum.Tests.Store.Ticks;

public sealed class TickJournalTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Frames_are_read_as_they_were_appended()
    {
        using (var journal = Open())
        {
            Append(journal, 1, 50);
            Assert.Equal(50, journal.Sync());
            Assert.Equal((50, 50), (journal.Last, journal.Durable));
            Assert.Equal(Numbers(21, 50), Read(journal, 20));
        }

        using var again = Open();
        Assert.Equal((50, 50), (again.Last, again.Durable));
        Assert.Empty(again.Repairs);
        Assert.Equal(Numbers(1, 50), Read(again, 0));
        Assert.Equal(51, again.Append(BytesOf(51)));
        Assert.Equal(Numbers(50, 51), Read(again, 49));
    }

    /// <summary>What a kill in the middle of a write leaves.</summary>
    [Fact]
    public void A_last_frame_that_is_cut_at_any_byte_is_cut_off_and_the_others_stay()
    {
        var before = 0L;
        using (var journal = Open())
        {
            Append(journal, 1, 4);
            journal.Sync();
            before = journal.Bytes;
            journal.Append(BytesOf(5));
        }

        var path = Segment(1);
        var whole = File.ReadAllBytes(path);
        for (var length = before + 1; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..(int)length]);
            using var journal = Open();
            Assert.Equal(4, journal.Last);
            Assert.Contains($"cut at byte {before}, {length - before} bytes behind it: expected", Assert.Single(journal.Repairs));
            Assert.Equal(5, journal.Append(BytesOf(5)));
            Assert.Equal(Numbers(1, 5), Read(journal, 0));
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_an_acknowledged_frame_is_never_passed_over()
    {
        using (var journal = Open())
        {
            Append(journal, 1, 2);
            journal.Sync();
        }

        var path = Segment(1);
        var whole = File.ReadAllBytes(path);
        var marks = 24;
        for (var at = 24; at < whole.Length - marks; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(path, damaged);
            var error = Assert.Throws<StoreException>(() => Open().Dispose());
            Assert.Contains($"{path}: byte ", error.Message);
            Assert.Contains("expected", error.Message);
            Assert.Contains("lost", error.Message);
        }
    }

    [Fact]
    public void A_flipped_bit_in_a_frame_that_was_not_synced_is_a_torn_tail()
    {
        var before = 0L;
        using (var journal = Open())
        {
            journal.Append(BytesOf(1));
            journal.Sync();
            before = journal.Bytes;
            journal.Append(BytesOf(2));
        }

        var whole = File.ReadAllBytes(Segment(1));
        whole[before + 30] ^= 4;
        File.WriteAllBytes(Segment(1), whole);
        using var again = Open();
        Assert.Equal(1, again.Last);
        Assert.Contains($"cut at byte {before}", Assert.Single(again.Repairs));
    }

    [Fact]
    public void A_missing_or_damaged_segment_is_named()
    {
        Rolled(3);
        var second = File.ReadAllBytes(Segment(11));
        File.Delete(Segment(11));
        using (var journal = Open())
        {
            var missing = Assert.Throws<StoreException>(() => Read(journal, 5));
            Assert.Contains(Segment(1), missing.Message);
            Assert.Contains("frames 11 to 20", missing.Message);
            Assert.Equal(Numbers(21, 30), Read(journal, 20));
        }

        second[40] ^= 1;
        File.WriteAllBytes(Segment(11), second);
        using (var journal = Open())
        {
            var damaged = Assert.Throws<StoreException>(() => Read(journal, 0));
            Assert.Contains($"{Segment(11)}: byte 24: expected", damaged.Message);
        }

        File.Delete(Segment(1));
        File.Delete(Segment(11));
        using (var journal = Open())
        {
            Assert.Contains("frames 1 to 20 are missing", Assert.Throws<StoreException>(() => Read(journal, 0)).Message);
        }

        File.Delete(Segment(21));
        File.Delete(Segment(31));
        Assert.Contains("segments are missing", Assert.Throws<StoreException>(() => Open().Dispose()).Message);
    }

    [Fact]
    public void A_head_that_a_kill_has_torn_is_made_anew()
    {
        Rolled(1);
        var whole = File.ReadAllBytes(Segment(11));
        Assert.Equal(24, whole.Length);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Segment(11), whole[..length]);
            using var journal = Open();
            Assert.Equal(10, journal.Last);
            Assert.Single(journal.Repairs);
            Assert.Equal(Numbers(1, 10), Read(journal, 0));
        }

        File.WriteAllBytes(Segment(11), new byte[200]);
        Assert.Contains("byte 0: expected the head", Assert.Throws<StoreException>(() => Open().Dispose()).Message);
    }

    [Fact]
    public void The_newest_whole_snapshot_counts()
    {
        Rolled(3);
        using (var journal = Open())
        {
            Assert.Equal([30L, 30], [journal.Snapshot()!.Frame, journal.Snapshot()!.Bytes[0]]);
        }

        var path = Path.Combine(_folder.Path, $"{30:D20}.snapshot");
        var whole = File.ReadAllBytes(path);
        foreach (var torn in (byte[][])[whole[..^1], whole[..20], [], [.. whole[..50], 99, .. whole[51..]]])
        {
            File.WriteAllBytes(path, torn);
            using var journal = Open();
            Assert.Equal([20L, 20], [journal.Snapshot()!.Frame, journal.Snapshot()!.Bytes[0]]);
            Assert.Contains("not a whole snapshot", Assert.Single(journal.Repairs));
            Assert.Equal(Numbers(21, 30), Read(journal, 20));
        }
    }

    [Fact]
    public void Only_segments_that_nobody_needs_are_released()
    {
        Rolled(4);
        using var journal = Open();
        var bytes = journal.Bytes;
        Assert.Equal(0, journal.Release(9));
        Assert.Equal(0, journal.Release(19));
        var freed = journal.Release(25);
        Assert.Equal(bytes - freed, journal.Bytes);
        Assert.Equal([11, 21, 31, 41], Firsts());
        Assert.Equal(20, journal.Snapshot(notAfter: 25)!.Frame);
        journal.Release(40);
        Assert.Equal([31, 41], Firsts());
        Assert.Equal(Numbers(31, 40), Read(journal, 30));
        Assert.Equal([30, 40], Directory.EnumerateFiles(_folder.Path, "*.snapshot").Select(Number).Order());
        Assert.Equal(new FileInfo(Segment(31)).Length + new FileInfo(Segment(41)).Length, journal.Bytes);
    }

    /// <summary>Bars of frames that the tables lack are made again from a state before them.</summary>
    [Fact]
    public void A_snapshot_that_the_tables_have_reached_stays_however_far_they_are_behind()
    {
        Rolled(6);
        using (var journal = Open())
        {
            journal.Release(20);
            journal.Release(29);
        }

        using var again = Open();
        Assert.Equal(20, again.Snapshot(notAfter: 29)!.Frame);
        Assert.Equal(Numbers(21, 60), Read(again, 20));
        File.WriteAllBytes(Path.Combine(_folder.Path, $"{20:D20}.snapshot"), [1]);
        Assert.Equal(10, again.Snapshot(notAfter: 29)!.Frame);
        Assert.Equal(Numbers(11, 60), Read(again, 10));
    }

    [Fact]
    public void A_full_disk_refuses_a_frame_whole_and_takes_it_when_there_is_room()
    {
        var room = 2000L;
        var options = new TickJournalOptions
        {
            Write = (file, bytes, position) =>
            {
                var fits = (int)Math.Clamp(room - position, 0, bytes.Length);
                RandomAccess.Write(file, bytes[..fits], position);
                if (fits < bytes.Length)
                {
                    throw new IOException("No space left on device");
                }
            },
        };
        using (var journal = TickJournal.Open(_folder.Path, options))
        {
            var frame = new byte[700];
            journal.Append(frame);
            journal.Append(frame);
            Assert.Equal(2, journal.Sync());
            var error = Assert.Throws<IOException>(() => journal.Append(frame));
            Assert.Contains($"{Segment(1)}: byte {journal.Bytes}: 724 bytes were not written: No space left on device", error.Message);
            Assert.Equal((2, 2), (journal.Last, journal.Sync()));
            Assert.Throws<IOException>(() => journal.Roll(new byte[3000]));
            Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.tmp"));
            room = 1 << 20;
            Assert.Equal(3, journal.Append(BytesOf(3)));
            journal.Roll([1]);
            Assert.Equal(4, journal.Append(BytesOf(4)));
        }

        using var again = Open();
        Assert.Empty(again.Repairs);
        Assert.Equal([3, 4], Read(again, 2));
    }

    [Fact]
    public void The_limit_of_bytes_refuses_a_frame_until_segments_are_released()
    {
        using var journal = TickJournal.Open(
            _folder.Path, new TickJournalOptions { SegmentBytes = 64 << 10, MaxBytes = 100 << 10 });
        var frame = new byte[30 << 10];
        for (var round = 0; round < 6; round++)
        {
            var first = journal.Append(frame);
            Assert.Equal(first, journal.Sync());
            journal.Roll([7]);
            journal.Release(first);
        }

        journal.Append(frame);
        Assert.Contains("its limit is 102400", Assert.Throws<IOException>(() => journal.Append(new byte[64 << 10])).Message);
        Assert.Equal(7, journal.Sync());
    }

    /// <summary>Stored data outlives programs: who changes these bytes gives them another version, and reads both.</summary>
    [Fact]
    public void Files_have_the_bytes_of_version_1()
    {
        using (var journal = Open())
        {
            journal.Append([1, 2, 3]);
            journal.Sync();
            journal.Roll([9]);
        }

        Assert.Equal(
            "4155525449434B530100000001000000000000007DE91276"
                + "46524D310300000001000000000000001EF230F1AC49053E010203"
                + "4D524B3100000000010000000000000033000000A1C73ABC",
            Convert.ToHexString(File.ReadAllBytes(Segment(1))));
        Assert.Equal(
            "41555254534E415001000000010000000000000001000000000000009D88CF2A4665DA7609",
            Convert.ToHexString(File.ReadAllBytes(Path.Combine(_folder.Path, $"{1:D20}.snapshot"))));
    }

    [Fact]
    public void Appending_allocates_nothing_a_frame()
    {
        using var journal = Open();
        var frame = BytesOf(3);
        Append(journal, 1, 3);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++)
        {
            journal.Append(frame);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task Frames_can_be_appended_while_others_are_synced()
    {
        using var journal = Open();
        var syncing = Task.Run(() =>
        {
            while (journal.Sync() < 300)
            {
            }
        });
        Append(journal, 1, 300);
        await syncing;
        Assert.Equal(300, journal.Durable);
        Assert.Equal(Numbers(1, 300), Read(journal, 0));
    }

    /// <summary>So many segments of ten frames each, and an empty one.</summary>
    private void Rolled(int segments)
    {
        using var journal = Open();
        for (var i = 0; i < segments; i++)
        {
            Append(journal, (i * 10) + 1, (i + 1) * 10);
            journal.Roll([(byte)((i + 1) * 10), .. new byte[40]]);
        }
    }

    private TickJournal Open() => TickJournal.Open(_folder.Path, new TickJournalOptions());

    private static void Append(TickJournal journal, int from, int through)
    {
        for (var number = from; number <= through; number++)
        {
            Assert.Equal(number, journal.Append(BytesOf(number)));
        }
    }

    /// <summary>The numbers of the frames behind one, whose bytes are checked.</summary>
    private static List<long> Read(TickJournal journal, long after)
    {
        List<long> numbers = [];
        foreach (var frame in journal.Frames(after))
        {
            if (frame.Bytes.Length < 300)
            {
                Assert.Equal(BytesOf(frame.Number), frame.Bytes.ToArray());
            }

            numbers.Add(frame.Number);
        }

        return numbers;
    }

    private static byte[] BytesOf(long number) => [.. Enumerable.Range(0, 1 + (int)(number * 7 % 60)).Select(i => (byte)(number + i))];

    private static IEnumerable<long> Numbers(int from, int through) => Enumerable.Range(from, through - from + 1).Select(n => (long)n);

    private string Segment(long first) => Path.Combine(_folder.Path, $"{first:D20}.journal");

    private IEnumerable<long> Firsts() => Directory.EnumerateFiles(_folder.Path, "*.journal").Select(Number).Order();

    private static long Number(string path) =>
        long.Parse(Path.GetFileNameWithoutExtension(path), System.Globalization.CultureInfo.InvariantCulture);
}
