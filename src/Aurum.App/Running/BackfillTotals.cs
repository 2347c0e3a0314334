using System.Globalization;
using Aurum.App.Ingest;

namespace Aurum.App.Running;

/// <summary>What a backfill did, added up. Safe for several threads.</summary>
internal sealed class BackfillTotals
{
    private readonly Lock _lock = new();
    private long _new;
    private long _changed;
    private long _identical;
    private long _quarantined;
    private long _bytes;
    private int _files;

    public void Add(DayReport report)
    {
        lock (_lock)
        {
            _new += report.Receipt.New;
            _changed += report.Receipt.Changed;
            _identical += report.Receipt.Identical + report.Receipt.Duplicate;
            _quarantined += report.Receipt.Quarantined;
            _bytes += report.Bytes;
            _files += report.Files;
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_new:N0} rows new, {_changed:N0} changed, {_identical:N0} identical, {_quarantined:N0} quarantined; "
        + $"{_files:N0} files, {_bytes / 1048576.0:N1} MiB");
}
