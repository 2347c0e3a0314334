using System.Globalization;
using Aurum.Market.Series;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Ecb;

/// <summary>The sandbox's ECB: the daily file with single quotes and tabs, the files of 90 days and of all years on one line with
/// double quotes, newest day first.</summary>
public sealed class EcbPublisher(World world) : SandboxPublisher(world)
{
    private const string Root = "/stats/eurofxref/eurofxref-";
    private const int RecentDays = 90;

    private readonly EcbBook _book = new(world);

    public override string Name => "ecb";

    public override int DefaultPort => 8015;

    public override IReadOnlyList<string> Hosts { get; } = ["www.ecb.europa.eu"];

    public override IReadOnlyList<SandboxSeries> Series =>
    [
        .. _book.Rates(EcbBook.First).Select(r => r.Code).Select(code => new SandboxSeries(
            $"EUR.{code}", $"{code} per EUR", 86_400, (start, now) =>
            {
                var date = Instant.FromUnixTimeSeconds(start).InUtc().Date;
                var rate = _book.Rates(date).FirstOrDefault(r => r.Code == code).Rate;
                return EcbBook.IsClosed(date) || date > EcbBook.Newest(now) || rate is null
                    ? null
                    : double.Parse(rate, CultureInfo.InvariantCulture);
            })),
    ];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment)
    {
        var newest = EcbBook.Newest(moment.Now);
        return request.Path switch
        {
            Root + "daily.xml" => Xml(newest, newest, isDaily: true, moment),
            Root + "hist-90d.xml" => Xml(newest.PlusDays(-RecentDays), newest, isDaily: false, moment),
            Root + "hist.xml" => Xml(EcbBook.First, newest, isDaily: false, moment),
            _ => SandboxResponse.Text(404, "text/html", "<html><head><title>404 Not Found</title></head></html>"),
        };
    }

    private SandboxResponse Xml(LocalDate first, LocalDate last, bool isDaily, Moment moment)
    {
        var (line, tab, quote) = isDaily ? ("\n", "\t", '\'') : ("", "", '"');
        var rate = "rate";
        if (moment.Tampering.RenamesColumn)
        {
            rate = "obs";
            moment.Tampering.Note("rate is called obs");
        }

        var body = new MemoryStream();
        var form = new RowForm($"{tab}{tab}{tab}<Cube", $"/>{line}", "", $" unit={quote}EUR{quote}");
        var writer = new RowWriter(body, form, moment.Tampering);
        writer.Text($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>{line}<gesmes:Envelope "
            + "xmlns:gesmes=\"http://www.gesmes.org/xml/2002-08-01\" xmlns=\"http://www.ecb.int/vocabulary/2002-08-01/eurofxref\">"
            + $"{line}{tab}<gesmes:subject>Reference rates</gesmes:subject>{line}{tab}<gesmes:Sender>{line}{tab}{tab}"
            + $"<gesmes:name>European Central Bank</gesmes:name>{line}{tab}</gesmes:Sender>{line}{tab}<Cube>{line}");
        for (var date = last; date >= first; date = date.PlusDays(-1))
        {
            if (EcbBook.IsClosed(date))
            {
                continue;
            }

            writer.Text($"{tab}{tab}<Cube time={quote}{date:uuuu-MM-dd}{quote}>{line}");
            foreach (var (code, text) in _book.Rates(date))
            {
                writer.Begin(CalendarPeriods.MidnightUtc(date));
                writer.Text($" currency={quote}{code}{quote} {rate}={quote}");
                writer.Value();
                writer.Text($"{text}{quote}");
                writer.End();
            }

            writer.Text($"{tab}{tab}</Cube>{line}");
        }

        writer.Text($"{tab}</Cube>{line}</gesmes:Envelope>");
        writer.Flush();
        return SandboxResponse.Of(200, "text/xml", body.ToArray());
    }
}
