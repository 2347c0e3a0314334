using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime.Text;

namespace Aurum.Tests.Docs.Toy;

/// <summary>The sandbox's Prairie ISO: a CSV a day, in the form of the real one.</summary>
public sealed class PrairiePublisher(World world) : SandboxPublisher(world)
{
    private const string Folder = "/da-lmp/";

    private readonly PriceBook _book = PrairieTruth.Book(world);

    public override string Name => "prairie";

    public override int DefaultPort => 8099;

    public override IReadOnlyList<string> Hosts { get; } = ["reports.prairie-iso.example"];

    public override IReadOnlyList<SandboxSeries> Series =>
        [.. _book.Places.Select(place => PriceSeries.Of("day-ahead", _book, place, MarketZones.Central))];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment)
    {
        var name = request.Path.StartsWith(Folder, StringComparison.Ordinal) ? request.Path[Folder.Length..].Split('.')[0] : "";
        var date = LocalDatePattern.Iso.Parse(name);
        var day = new OperatingDay(date.Success ? date.Value : default, MarketZones.Central);
        return date.Success && _book.Starts(day, moment.Now).Any()
            ? SandboxResponse.Of(200, "text/csv", File(day, moment))
            : SandboxResponse.Text(404, "text/plain", "no such report");
    }

    private byte[] File(OperatingDay day, Moment moment)
    {
        var body = new MemoryStream();
        var writer = new RowWriter(body, RowForm.CsvLf, moment.Tampering);
        var price = "LMP";
        if (moment.Tampering.RenamesColumn)
        {
            price = "Price";
            moment.Tampering.Note("LMP is called Price");
        }

        writer.Text($"Date,HE,Place,{price},MCE,MCC,MLC{(moment.Tampering.AddsColumn ? ",MGC" : "")}\n");
        foreach (var start in _book.Starts(day, moment.Now))
        {
            var states = _book.States(start);
            var hour = HourEnding.FromInterval(DeliveryInterval.FromUnixSeconds(start, _book.Seconds), day.Zone);
            foreach (var (place, correction) in _book.Corrected(day, moment.Now))
            {
                var parts = _book.Price(states, place, correction);
                writer.Begin(start, place);
                writer.Text($"{day},{hour.Label},{place.Id},");
                writer.Value();
                Numbers(writer, parts.Lmp, parts.Energy, parts.Congestion, parts.Loss);
                writer.End();
            }
        }

        writer.Flush();
        return body.ToArray();
    }

    private void Numbers(RowWriter writer, params ReadOnlySpan<long> cents)
    {
        for (var i = 0; i < cents.Length; i++)
        {
            writer.Text(i == 0 ? "" : ",");
            writer.Fixed(cents[i], _book.Decimals, cutZeros: false);
        }
    }
}
