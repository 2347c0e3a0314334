using System.Globalization;
using System.Text;
using Aurum.Curves.Workbooks;
using Aurum.Curves.Workbooks.Cells;
using Aurum.Sandbox.Workbooks;
using ExcelDataReader;
using NodaTime;

namespace Aurum.Benchmarks.Curves;

/// <summary>A vendor's workbook from the bytes of its file to canonical rows: refined products of 2025-07-11, made up in the size and form
/// of the recorded one, or a file that is named.</summary>
/// <remarks>
/// <para>Budget: a workbook of 90,000 cells in under 150 ms, and at least 5 times ExcelDataReader's cells a CPU-second; what a cell
/// allocates stands in bench/budgets.json, and a load stays far below 300 MB.</para>
/// <para>The baseline reads every cell of every sheet into an object and stops there: it makes no rows, and finds no labels.</para>
/// </remarks>
public sealed class WorkbookRows : IBenchmark
{
    private static readonly LocalDate Day = new(2025, 7, 11);

    public string Name => "workbook";

    public string Title => "A vendor's workbook into canonical rows";

    public IReadOnlyList<BenchResult> Run(BenchOptions options)
    {
        var (file, bytes) = Input(options);
        var cells = Cells(file, bytes);
        var rows = Rows(file, bytes);
        var measured = Race.Run(
            options,
            new Contestant("Aurum", () => Rows(file, bytes) > 0 ? cells : 0),
            new Contestant("Aurum, cells alone", () => Cells(file, bytes)),
            new Contestant("ExcelDataReader", () => Others(bytes) > 0 ? cells : 0));
        var input = string.Create(
            CultureInfo.InvariantCulture,
            $"{file}: {cells:N0} cells, {rows:N0} rows, {bytes.Length / 1e6:N2} MB; {1000 * cells / measured[0].ItemsPerCpuSecond:N0} ms CPU and "
            + $"{1000 * cells / measured[0].ItemsPerWallSecond:N0} ms a load, {cells * measured[0].AllocatedBytesPerItem / 1e6:N1} MB allocated");
        return
        [
            BenchResult.OfRates(Name, "cells", measured[0], measured[2], input),
            BenchResult.OfRates($"{Name}/cells", "cells", measured[1], measured[2], $"{file}, no rows made"),
        ];
    }

    private static (string File, byte[] Bytes) Input(BenchOptions options)
    {
        if (options.File.Length > 0)
        {
            return (Path.GetFileName(options.File), File.ReadAllBytes(options.File));
        }

        var made = VendorWorkbooks.Make(options.Scale < 1 ? "pw" : "rp", Day, seed: 1);
        return (made.File, made.Bytes);
    }

    private static long Rows(string file, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        var book = WorkbookReader.Read(stream, file);
        return book.Quotes.Count + book.Quarantined.Count;
    }

    private static long Cells(string file, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        using var workbook = WorkbookFile.Open(stream, file);
        return workbook.SheetNames.Sum(name => (long)workbook.Read(name).Count);
    }

    private static long Others(byte[] bytes)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var stream = new MemoryStream(bytes, writable: false);
        using var reader = ExcelReaderFactory.CreateReader(stream);
        long cells = 0;
        do
        {
            while (reader.Read())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    cells += reader.GetValue(column) is null ? 0 : 1;
                }
            }
        }
        while (reader.NextResult());

        return cells;
    }
}
