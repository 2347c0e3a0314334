using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Aurum.App.Output;
using Aurum.Curves.Workbooks;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Market.Text;
using NodaTime.Text;

namespace Aurum.App.Commands;

/// <summary><c>aurum parse FILE.xlsx</c>: the quotes in a vendor's workbook, or a summary of it.</summary>
internal static class ParsedWorkbook
{
    /// <summary>Forms that are not read are named by the reader.</summary>
    private static readonly string[] Endings = [".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"];

    public static bool IsOne(ParseArguments arguments) =>
        Endings.Contains(Path.GetExtension(arguments.File), StringComparer.OrdinalIgnoreCase);

    public static int Print(ParseArguments arguments, CommandConsole console)
    {
        var layout = arguments.Feed is null ? null : Named(arguments.Feed);
        var asOf = arguments.Day is null ? null : (NodaTime.LocalDate?)Dates.Parse(arguments.Day, "--day");
        CurveBook book;
        try
        {
            using var stream = File.OpenRead(arguments.File);
            book = WorkbookReader.Read(stream, Path.GetFileName(arguments.File), layout, asOf);
        }
        catch (FeedFormatException e)
        {
            throw new CommandException(ExitCodes.BadInput, e.Message);
        }

        if (arguments.Summary)
        {
            console.WriteLine(Summary(book).ToJsonString(JsonText.Indented));
            return ExitCodes.Done;
        }

        foreach (var message in Messages(book))
        {
            console.Error.WriteLine($"aurum: {message}");
        }

        PrintQuotes(book, arguments.Format ?? console.DefaultFormat, console);
        return ExitCodes.Done;
    }

    private static WorkbookLayout Named(string vendor)
    {
        var vendors = WorkbookLayouts.All.Select(l => l.Vendor);
        return WorkbookLayouts.All.FirstOrDefault(l => l.Vendor.Equals(vendor, StringComparison.OrdinalIgnoreCase))
            ?? throw new CommandException(
                ExitCodes.BadInput,
                $"--feed {vendor}: expected a vendor of workbooks such as {NearestName.To(vendor, vendors) ?? "eugp"}; "
                + $"there are {string.Join(", ", vendors)}");
    }

    private static void PrintQuotes(CurveBook book, RowFormat format, CommandConsole console)
    {
        var quotes = CollectionsMarshal.AsSpan(book.Quotes);
        if (format == RowFormat.Table)
        {
            var view = new RowTableView<CurveQuote>(CurveTables.Observation, feed: null, RowTableView<CurveQuote>.DefaultRows);
            view.OnRows(quotes);
            console.Write(view.ToString());
            return;
        }

        using var printer = new RowPrinter<CurveQuote>(CurveTables.Observation, feed: null, console.Out, format);
        printer.OnRows(quotes);
        printer.Complete();
    }

    private static JsonObject Summary(CurveBook book) => new()
    {
        ["vendor"] = book.Vendor,
        ["asof_date"] = LocalDatePattern.Iso.Format(book.AsOf),
        ["rows"] = book.Quotes.Count,
        ["quarantined"] = book.Quarantined.Count,
        ["by_sheet"] = Counts(book.Quotes.GroupBy(q => q.Head.Sheet)),
        ["by_tenor_type"] = Counts(book.Quotes.GroupBy(q => q.Tenor.Type.ToString().ToUpperInvariant())),
        ["curves"] = book.Quotes.Select(q => q.Head.Identity.Key).Distinct().Count(),
        ["messages"] = new JsonArray([.. Messages(book).Select(m => JsonValue.Create(m))]),
        ["layout"] = Layout(book.Layout),
    };

    private static JsonObject Layout(BookLayout layout) => new()
    {
        ["fingerprint"] = layout.Fingerprint,
        ["sheets"] = new JsonArray([.. layout.Sheets.Select(sheet => new JsonObject
        {
            ["sheet"] = sheet.Name,
            ["role"] = sheet.Role.ToString().ToLowerInvariant(),
            ["labels"] = new JsonObject(sheet.Labels.Select(l => KeyValuePair.Create(l.Label, (JsonNode?)l.Cell.ToString()))),
            ["first_row"] = sheet.FirstRow,
            ["columns"] = sheet.Columns.Count,
        })]),
    };

    private static JsonObject Counts(IEnumerable<IGrouping<string, CurveQuote>> groups) =>
        new(groups.Select(g => KeyValuePair.Create(g.Key, (JsonNode?)g.Count())));

    /// <summary>What the reader said, and what was held back: by reason, with the curves that it concerns.</summary>
    private static IEnumerable<string> Messages(CurveBook book) => book.Messages.Concat(book.Quarantined
        .GroupBy(q => q.Reasons)
        .Select(g => (Reasons: g.Key, Count: g.Count(), Curves: g.Select(q => NameOf(q.Quote.Head.Identity)).Distinct().ToList()))
        .Select(g => $"{g.Count} rows of {g.Curves.Count} curves are held back: {g.Reasons} ({string.Join("; ", g.Curves.Take(3))}"
            + $"{(g.Curves.Count > 3 ? "; ..." : "")})"));

    private static string NameOf(CurveIdentity identity) =>
        string.Join(' ', new[] { identity.Region, identity.Location, identity.Product, identity.Block }.Where(p => p is not null));
}
