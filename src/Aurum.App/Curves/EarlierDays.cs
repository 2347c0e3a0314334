using System.Runtime.InteropServices;
using System.Text;
using Aurum.Curves.Feeds;
using Aurum.Market.Feeds;
using Aurum.Quality.Gates;
using Aurum.Store;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Curves;

/// <summary>What expectations about moves hold a workbook against: the merged mids of the as-of date before, and how curves moved between
/// the dates before that. Only what they need is read, as numbers: 20,000 quotes of a date are 1 MB.</summary>
internal sealed class EarlierDays
{
    private const int MostQuotes = 10_000_000;

    private readonly AurumStore _store;
    private readonly FeedId _feed;
    private readonly TextNumbers _tenors = new();
    private readonly List<(string Key, string Units)> _curves = [];
    private readonly Dictionary<(string Key, string Units), int> _numbers = [];

    private EarlierDays(AurumStore store, FeedId feed) => (_store, _feed) = (store, feed);

    /// <param name="store">Store.</param>
    /// <param name="feed">Vendor.</param>
    /// <param name="asOf">As-of date of the workbook.</param>
    /// <param name="days">As-of dates before it that are looked at, at most; there is one move less.</param>
    /// <returns>Null where nothing is stored of an earlier as-of date.</returns>
    public static EarlierAsOf? Before(AurumStore store, CurveFeed feed, LocalDate asOf, int days)
    {
        var dates = store.Branches.DaysBefore(feed.Merged.Id, asOf, days);
        var earlier = new EarlierDays(store, feed.Merged.Id);
        Dictionary<long, double>? newer = null;
        EarlierAsOf? before = null;
        var moves = new Dictionary<(string, string), IReadOnlyList<CurveMove>>();
        foreach (var date in dates)
        {
            var mids = earlier.Mids(date);
            if (mids.Count == 0)
            {
                continue;
            }

            if (newer is null)
            {
                before = new EarlierAsOf(date, earlier.Named(mids), earlier.Names(date)) { Moves = moves };
            }
            else
            {
                earlier.AddMoves(newer, mids, moves);
                before = before! with { Since = date };
            }

            newer = mids;
        }

        return before;
    }

    /// <summary>Mids of a date by curve (upper half of the number) and tenor; those that have one.</summary>
    private Dictionary<long, double> Mids(LocalDate date)
    {
        var latest = new Dictionary<long, (long Revision, double Mid)>();
        using var rows = _store.Read.Sql(
            $"""
            select curve_key, units_raw, tenor_label, revision, mid from curve_observation
            where feed = '{_feed.Text}' and asof_date = '{LocalDatePattern.Iso.Format(date)}'
            """,
            MostQuotes);
        byte[] key = [], units = [];
        var curve = -1;
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                if (curve < 0 || !rows.Text(0, row).SequenceEqual(key) || !rows.Text(1, row).SequenceEqual(units))
                {
                    (key, units) = (rows.Text(0, row).ToArray(), rows.Text(1, row).ToArray());
                    curve = NumberOf(Encoding.UTF8.GetString(key), Encoding.UTF8.GetString(units));
                }

                ref var quote = ref CollectionsMarshal.GetValueRefOrAddDefault(
                    latest, ((long)curve << 32) | (uint)_tenors.Of(rows.Text(2, row)), out _);
                if (rows.Whole(3, row) > quote.Revision)
                {
                    quote = (rows.Whole(3, row), rows.NumberOrNaN(4, row));
                }
            }
        }

        var mids = new Dictionary<long, double>(latest.Count);
        foreach (var (number, quote) in latest)
        {
            if (!double.IsNaN(quote.Mid))
            {
                mids.Add(number, quote.Mid);
            }
        }

        return mids;
    }

    private int NumberOf(string key, string units)
    {
        if (!_numbers.TryGetValue((key, units), out var number))
        {
            _numbers.Add((key, units), number = _curves.Count);
            _curves.Add((key, units));
        }

        return number;
    }

    private Dictionary<(string, string, string), double> Named(Dictionary<long, double> mids)
    {
        var named = new Dictionary<(string, string, string), double>(mids.Count);
        foreach (var (number, mid) in mids)
        {
            var (key, units) = _curves[(int)(number >> 32)];
            named.Add((key, units, _tenors.TextOf((int)number)), mid);
        }

        return named;
    }

    private void AddMoves(
        Dictionary<long, double> newer, Dictionary<long, double> older, Dictionary<(string, string), IReadOnlyList<CurveMove>> moves)
    {
        var changes = new List<double>[_curves.Count];
        foreach (var (number, mid) in newer)
        {
            if (older.TryGetValue(number, out var before))
            {
                (changes[(int)(number >> 32)] ??= []).Add(mid - before);
            }
        }

        for (var curve = 0; curve < changes.Length; curve++)
        {
            if (changes[curve] is { } of)
            {
                var list = moves.TryGetValue(_curves[curve], out var known) ? (List<CurveMove>)known : [];
                list.Add(CurveMove.Of(CollectionsMarshal.AsSpan(of)));
                moves[_curves[curve]] = list;
            }
        }
    }

    /// <summary>Names of the curves that have a mid on a date.</summary>
    private Dictionary<string, string> Names(LocalDate date)
    {
        var names = new Dictionary<string, string>();
        using var rows = _store.Read.Sql(
            $"""
            select curve_key, min(concat_ws(' ', nullif(iso, ''), nullif(region, ''), nullif(location, ''), nullif(product, ''),
              nullif(block, ''), nullif(spark_location, ''))) from curve_observation
            where feed = '{_feed.Text}' and asof_date = '{LocalDatePattern.Iso.Format(date)}' group by curve_key
            """,
            MostQuotes);
        var present = _curves.Select(static c => c.Key).ToHashSet();
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                var key = Encoding.UTF8.GetString(rows.Text(0, row));
                if (present.Contains(key))
                {
                    names.Add(key, Encoding.UTF8.GetString(rows.Text(1, row)));
                }
            }
        }

        return names;
    }

    /// <summary>Numbers of a few hundred texts, found by their bytes.</summary>
    private sealed class TextNumbers
    {
        private readonly Dictionary<string, int> _numbers = [];
        private readonly List<string> _texts = [];
        private readonly char[] _letters = new char[256];

        public int Of(ReadOnlySpan<byte> utf8)
        {
            ReadOnlySpan<char> text = utf8.Length <= _letters.Length
                ? _letters.AsSpan(0, Encoding.UTF8.GetChars(utf8, _letters))
                : Encoding.UTF8.GetString(utf8);
            var byLetters = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!byLetters.TryGetValue(text, out var number))
            {
                number = _texts.Count;
                _texts.Add(text.ToString());
                _numbers.Add(_texts[number], number);
            }

            return number;
        }

        public string TextOf(int number) => _texts[number];
    }
}
