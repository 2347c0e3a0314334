using Aurum.App;
using Aurum.App.Configuration;
using Aurum.App.Curves;
using Aurum.Sandbox.Workbooks;
using Aurum.Tests.Ingest;
using NodaTime;

namespace Aurum.Tests.Curves;

/// <summary>A data directory into which workbooks are loaded, at times that a test sets.</summary>
internal sealed class CurveRig : IDisposable
{
    public const ulong Seed = 7;

    public static readonly LocalDate Monday = new(2026, 3, 9);

    private readonly TestFolder _folder = new();

    private readonly Func<AurumOptions, AurumOptions> _change;

    /// <param name="change">Sets what a test needs set; null: nothing.</param>
    public CurveRig(Func<AurumOptions, AurumOptions>? change = null)
    {
        _change = change ?? (static o => o);
        Platform = Open();
    }

    public HandClock Clock { get; } = new(Instant.FromUtc(2026, 3, 9, 18, 0));

    public Platform Platform { get; private set; }

    public string DataDirectory => _folder.Path;

    public CurveMerges Merges => Platform.Curves.Merges;

    public static byte[] Book(string vendor, LocalDate asOf, params string[] faults) =>
        VendorWorkbooks.Make(vendor, asOf, Seed, [.. faults.Select(f => WorkbookFaults.Find(f)!)]).Bytes;

    public static string NameOf(string vendor, LocalDate asOf) => $"EOD_{vendor.ToUpperInvariant()}_{asOf:uuuuMMdd}_1430.xlsx";

    /// <summary>Loads a made-up workbook. A minute passes.</summary>
    public Task<LoadReport> Load(string vendor, LocalDate asOf, string[] faults, LoadOptions? options = null) =>
        Load(NameOf(vendor, asOf), Book(vendor, asOf, faults), options);

    public Task<LoadReport> Load(string name, byte[] bytes, LoadOptions? options = null)
    {
        Pass();
        var file = new CurveFile(name, () => new MemoryStream(bytes, writable: false));
        return Platform.Curves.Load(file, options ?? new LoadOptions(), CancellationToken.None);
    }

    public BranchReport Merge(string branch, MergeOptions? options = null)
    {
        Pass();
        return Merges.Merge(branch, options ?? MergeOptions.Plain);
    }

    /// <summary>A minute.</summary>
    public void Pass() => Clock.AdvanceTo(Clock.Now + Duration.FromMinutes(1));

    /// <summary>The first cell of a query, as text.</summary>
    public string Ask(string sql)
    {
        using var rows = Platform.Store.Read.Sql(sql);
        return rows.NextChunk() ? $"{rows.Value(0, 0)}" : "";
    }

    /// <summary>Closes the data directory and opens it again.</summary>
    public void Reopen()
    {
        Platform.Dispose();
        Platform = Open();
    }

    public void Dispose()
    {
        Platform.Dispose();
        _folder.Dispose();
    }

    private Platform Open() =>
        Platform.Open(_change(new AurumOptions { DataDirectory = _folder.Path }), new PlatformWorld(Clock, "a test"));
}
