using Aurum.App.Configuration;
using Aurum.App.Output;
using Aurum.Store;
using Aurum.Store.Objects;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Curves;

/// <summary>Writes the merged curves of an as-of date to files: <c>exports/default/asof=2025-09-17/curves_20250917.csv</c> and
/// <c>.parquet</c> in the data directory, and from there to a bucket where there is one. A file is whole or not there.</summary>
/// <param name="store">Store.</param>
/// <param name="uploads">What brings them to a bucket; null: they stay.</param>
internal sealed class CurveExport(AurumStore store, ExportUploads? uploads = null)
{
    private const int MostQuotes = 10_000_000;

    /// <summary>What brings them to a bucket; null: they stay.</summary>
    public ExportUploads? Uploads => uploads;

    /// <summary>Is told of files that were written.</summary>
    public Action<IReadOnlyList<ExportedFile>> Written { get; set; } = static _ => { };

    /// <summary>Writes the files of a date, and sends them. Returns their paths.</summary>
    /// <param name="asOf">As-of date.</param>
    /// <param name="options">For whom, and in which forms.</param>
    /// <param name="cancel">Ends the sending; what is not sent is sent later.</param>
    /// <exception cref="CurveRefusedException">The date has no merged quotes, or the bucket has not taken the files.</exception>
    public async Task<IReadOnlyList<ExportedFile>> WriteAndSend(LocalDate asOf, CurveExportOptions options, CancellationToken cancel)
    {
        var files = Write(asOf, options);
        try
        {
            await (uploads?.Send(cancel) ?? Task.FromResult(0));
            return files;
        }
        catch (ObjectStoreException error)
        {
            throw new CurveRefusedException($"written to {files[0].Path}, and not sent yet; a running server tries again: {error.Message}");
        }
    }

    /// <summary>Writes the files of a date. Returns their paths.</summary>
    /// <param name="asOf">As-of date.</param>
    /// <param name="options">For whom, and in which forms.</param>
    /// <exception cref="CurveRefusedException">The date has no merged quotes.</exception>
    public IReadOnlyList<ExportedFile> Write(LocalDate asOf, CurveExportOptions options)
    {
        var files = WriteAny(asOf, options);
        return files.Count > 0
            ? files
            : throw new CurveRefusedException($"{LocalDatePattern.Iso.Format(asOf)} has no merged quotes: nothing to export");
    }

    /// <summary>Writes the files of a date; none where it has no merged quotes, and those that were there go.</summary>
    public IReadOnlyList<ExportedFile> WriteAny(LocalDate asOf, CurveExportOptions options)
    {
        var sql = CurveQueries.Quotes(new CurveSelection { AsOf = asOf });
        var folder = Path.Combine(
            Path.GetFullPath(store.Options.DataDirectory), "exports", options.Tenant, $"asof={LocalDatePattern.Iso.Format(asOf)}");
        var name = $"curves_{asOf:uuuuMMdd}";
        Directory.CreateDirectory(folder);
        var hasRows = HasRows(sql);
        var files = new List<ExportedFile>();
        foreach (var format in options.Formats)
        {
            var path = Path.Combine(folder, $"{name}.{format}");
            if (uploads is not null && (hasRows || File.Exists(path)))
            {
                ExportUploads.Note(path);
            }

            if (!hasRows)
            {
                File.Delete(path);
                continue;
            }

            if (format == CurveExportOptions.Parquet)
            {
                store.Parquet.Write(sql, path);
            }
            else
            {
                WriteCsv(sql, path);
            }

            files.Add(new ExportedFile(asOf, format, path, new FileInfo(path).Length));
        }

        Written(files);
        return files;
    }

    private bool HasRows(string sql)
    {
        using var any = store.Read.Sql($"select count(*) from ({sql}) as q");
        return any.NextChunk() && any.Whole(0, 0) > 0;
    }

    private void WriteCsv(string sql, string path)
    {
        using (var rows = store.Read.Sql(sql, MostQuotes))
        using (var file = new FileStream(path + ".part", FileMode.Create, FileAccess.Write))
        {
            ResultPrinter.Print(rows, file, RowFormat.Csv);
        }

        File.Move(path + ".part", path, overwrite: true);
    }
}

/// <summary>A file of curves.</summary>
/// <param name="AsofDate">As-of date.</param>
/// <param name="Format">csv or parquet.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record ExportedFile(LocalDate AsofDate, string Format, string Path, long Bytes);
