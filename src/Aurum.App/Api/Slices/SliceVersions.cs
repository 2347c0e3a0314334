using System.Globalization;
using System.Text;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Api.Slices;

/// <summary>The state of the store's tables: number and stamp of the last delivery that changed rows of one. Read from the outbox at each
/// question, so that nobody gets an answer of before a commit that he could know of. Safe from several threads.</summary>
/// <remarks>Two stores that share a cache by mistake have other stamps under the same numbers, so that neither is given the other's
/// answers.</remarks>
internal sealed class SliceVersions(StoreReader store)
{
    private const int PageEntries = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Id, Instant KnownAt)> _newest = new(StringComparer.Ordinal);
    private long _seen = -1;

    /// <summary>The state of some tables, as text.</summary>
    public string Of(IReadOnlyList<string> tables)
    {
        Read();
        lock (_gate)
        {
            (long Id, Instant KnownAt) newest = default;
            foreach (var table in tables)
            {
                if (_newest.TryGetValue(table, out var last) && last.Id > newest.Id)
                {
                    newest = last;
                }
            }

            return string.Create(CultureInfo.InvariantCulture, $"{newest.Id}-{newest.KnownAt.ToUnixTimeTicks():x}");
        }
    }

    private void Read()
    {
        if (Volatile.Read(ref _seen) < 0)
        {
            ReadFirst();
        }

        while (true)
        {
            var entries = store.Outbox(new RecordQuery { AfterId = Volatile.Read(ref _seen), Limit = PageEntries });
            if (entries.Count == 0)
            {
                return;
            }

            lock (_gate)
            {
                foreach (var entry in entries)
                {
                    Note(entry);
                }

                _seen = Math.Max(_seen, entries[^1].Id);
            }
        }
    }

    /// <summary>The last entries of all tables, without reading all that came before.</summary>
    private void ReadFirst()
    {
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        using (var reader = store.Sql("""
            select table_name, max(case when rows_new + rows_changed > 0 then outbox_id else 0 end) as changed,
              max(outbox_id) as newest
            from outbox group by table_name
            """))
        {
            while (reader.NextChunk())
            {
                for (var row = 0; row < reader.Count; row++)
                {
                    last[Encoding.UTF8.GetString(reader.Text(0, row))] = reader.Whole(1, row);
                    last[""] = Math.Max(last.GetValueOrDefault(""), reader.Whole(2, row));
                }
            }
        }

        var seen = last.GetValueOrDefault("");
        var entries = last.Where(static t => t.Key.Length > 0 && t.Value > 0)
            .Select(t => store.Outbox(new RecordQuery { AfterId = t.Value - 1, Limit = 1 })[0]).ToList();
        lock (_gate)
        {
            entries.ForEach(Note);
            _seen = Math.Max(_seen, seen);
        }
    }

    private void Note(OutboxEntry entry)
    {
        if (entry.New + entry.Changed > 0 && entry.Id > _newest.GetValueOrDefault(entry.Table).Id)
        {
            _newest[entry.Table] = (entry.Id, entry.KnownAt);
        }
    }
}
