using System.Globalization;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Reading;
using Aurum.Store.Lake.Storage;
using NodaTime;

namespace Aurum.Tests.Store.Lake;

/// <summary>A lake in a folder of its own, with a clock that goes on by a second whenever it is looked at.</summary>
internal sealed class LakeWorld : IDisposable, IClock
{
    public static readonly LakeName Prices = new("market", "prices");

    /// <summary>A table of prices by place and hour, in daily partitions.</summary>
    public static readonly LakeTableShape PricesShape = new(
        Prices,
        [
            new LakeField(1, "day", LakeType.Date, IsRequired: true, "Day of delivery"),
            new LakeField(2, "place", LakeType.String, IsRequired: true),
            new LakeField(3, "hour", LakeType.Int, IsRequired: true),
            new LakeField(4, "price", LakeType.Double, Doc: "USD/MWh"),
            new LakeField(5, "note", LakeType.String),
        ],
        ["day", "place", "hour"],
        [("day", Transform.Day)],
        ["place", "hour"]);

    private readonly bool _ownsFolder;
    private readonly Random _random;
    private long _seconds;

    /// <param name="seed">Seed of names and ids.</param>
    /// <param name="folder">Folder; null: a new one.</param>
    /// <param name="warehouse">Where its tables are; null: in the folder.</param>
    public LakeWorld(int seed = 1, string? folder = null, Func<LakeWorld, ILakeWarehouse>? warehouse = null)
    {
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("aurum-lake-").FullName;
        _random = new Random(seed);
        Options = new LakeOptions(Path.Combine(Folder, "lake"), Path.Combine(Folder, "tmp"), this, NextToken);
        Warehouse = warehouse is null ? new LocalWarehouse(Options.Folder, NextToken) : warehouse(this);
        Catalog = LakeCatalog.Open(Options, Warehouse);
    }

    public string Folder { get; }

    public LakeOptions Options { get; }

    public ILakeWarehouse Warehouse { get; }

    public LakeCatalog Catalog { get; }

    public ILakeStorage Storage(LakeName name) => Warehouse.Open(name).Storage;

    public LakeTable NewPrices() => Catalog.Create(PricesShape);

    public ulong NextToken()
    {
        lock (_random)
        {
            return (ulong)_random.NextInt64() ^ ((ulong)_random.NextInt64() << 1);
        }
    }

    public Instant GetCurrentInstant() => Instant.FromUtc(2025, 7, 1, 0, 0) + Duration.FromSeconds(Interlocked.Increment(ref _seconds));

    public void Advance(Duration by) => Interlocked.Add(ref _seconds, (long)by.TotalSeconds);

    /// <summary>Rows of the table of prices as a query.</summary>
    public static string Rows(params IEnumerable<PriceRow> rows) =>
        "SELECT DATE '2025-07-01' + day AS day, place, hour, price, note FROM (VALUES "
        + string.Join(", ", rows.Select(r => string.Create(
            CultureInfo.InvariantCulture,
            $"({r.Day}, '{r.Place}', {r.Hour}, {(r.Price is { } p ? $"{p:R}::DOUBLE" : "NULL")}, {Quoted(r.Note)})")))
        + ") r(day, place, hour, price, note)";

    /// <summary>What a read of the table of prices finds, in the order of its keys.</summary>
    public static List<PriceRow> Read(LakeTable table, LakeRead? read = null)
    {
        using var rows = table.Read(read ?? new LakeRead());
        var found = new List<PriceRow>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                found.Add(new PriceRow(
                    Period.DaysBetween(new LocalDate(2025, 7, 1), (LocalDate)rows.Value(0, i)!),
                    (string)rows.Value(1, i)!,
                    (int)rows.Whole(2, i),
                    (double?)rows.Value(3, i),
                    (string?)rows.Value(4, i)));
            }
        }

        return [.. found.OrderBy(r => (r.Day, r.Place, r.Hour))];
    }

    private static string Quoted(string? text) => text is null ? "NULL" : $"'{text}'";

    public void Dispose()
    {
        Catalog.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}

internal sealed record PriceRow(int Day, string Place, int Hour, double? Price, string? Note = null);
