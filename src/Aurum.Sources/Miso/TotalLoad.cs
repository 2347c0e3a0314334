using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Miso;

/// <summary>Reads one of the three lists of RealTimeTotalLoad, an answer about the running day alone. Each row is wrapped in an object
/// with one property; numbers are text; rows have a time or an hour and no date: the day is that of RefId.</summary>
/// <param name="List">Name of the list.</param>
/// <param name="Wrapper">The one property around a row.</param>
/// <param name="Label">Property of the time.</param>
/// <param name="Value">Property of the load, MW.</param>
/// <param name="Minutes">Length of an interval: with 60 the label is an hour ending, with 5 the time at which it begins.</param>
internal sealed record TotalLoad(string List, string Wrapper, string Label, string Value, int Minutes)
{
    public const string Path = "/RealTimeTotalLoad";

    private const int LabelAt = 0;
    private const int ValueAt = 1;

    private readonly byte[] _list = Encoding.UTF8.GetBytes(List);
    private readonly byte[] _wrapper = Encoding.UTF8.GetBytes(Wrapper);

    public static readonly TotalLoad FiveMinutes = new("FiveMinTotalLoad", "Load", "Time", "Value", 5);
    public static readonly TotalLoad Forecast = new("MediumTermLoadForecast", "Forecast", "HourEnding", "LoadForecast", 60);
    public static readonly TotalLoad Cleared = new("ClearedMW", "ClearedMWHourly", "Hour", "Value", 60);

    /// <summary>Whether a file is such an answer, fetched for this list where its name says for which.</summary>
    public bool Recognizes(FileHead head)
    {
        var isNamed = head.Name.Contains(List, StringComparison.Ordinal);
        var isOther = head.Name.Contains(Forecast.List, StringComparison.Ordinal)
            || head.Name.Contains(Cleared.List, StringComparison.Ordinal);
        return PublicApi.IsJson(head) && head.Has("\"LoadInfo\"") && (isNamed || (Minutes == 5 && !isOther));
    }

    public IReadOnlyList<FeedRequest> Locate(OperatingDay day, Instant now) => PublicApi.Running(Path, List, day, now);

    public ParseResult Parse(FeedFile file, IRowOutput<LoadRow> output) => PublicAnswer.Parse<LoadRow>(file, output, Read);

    private IEnumerable<string> Read(ref JsonStream json, ShownRows<LoadRow> rows)
    {
        var fields = new JsonFields(List, Label, Value);
        PublicAnswer.Find(ref json, "LoadInfo"u8, (ref JsonStream info) => ReadInfo(ref info, fields, rows));
        return fields.Notes(json.File);
    }

    private void ReadInfo(ref JsonStream json, JsonFields fields, ShownRows<LoadRow> rows)
    {
        LocalDate? date = null;
        var found = false;
        PublicAnswer.Open(ref json, JsonTokenType.StartObject);
        while (PublicAnswer.Next(ref json))
        {
            if (json.IsProperty("RefId"u8))
            {
                json.ReadRequired();
                date = EasternStandard.TryParseReference(json.Utf8(), out var day, out _)
                    ? day
                    : throw json.Unexpected("a reference like 02-Oct-2026 - Interval 16:45 EST");
                rows.Saw(new OperatingDay(day, MarketZones.EasternStandard).Start);
            }
            else if (json.Property.SequenceEqual(_list))
            {
                found = true;
                var known = date ?? throw new FeedFormatException(json.File, List, "a property RefId before it", "none");
                PublicAnswer.ReadList(ref json, (ref JsonStream row) => ReadRow(ref row, fields, known, rows));
            }
            else
            {
                json.Skip();
            }
        }

        if (!found)
        {
            throw new FeedFormatException(json.File, "LoadInfo", $"a property {List}", "none");
        }
    }

    private void ReadRow(ref JsonStream json, JsonFields fields, LocalDate date, ShownRows<LoadRow> rows)
    {
        DeliveryInterval delivery = default;
        var load = double.NaN;
        fields.Begin();
        if (!PublicAnswer.Next(ref json) || !json.Property.SequenceEqual(_wrapper))
        {
            throw json.Unexpected($"a property {Wrapper} around each row of {List}");
        }

        PublicAnswer.Open(ref json, JsonTokenType.StartObject);
        for (var field = fields.Next(ref json); field >= 0; field = fields.Next(ref json))
        {
            if (field == LabelAt)
            {
                delivery = Interval(ref json, fields, date);
            }
            else
            {
                load = json.NumberOrNaN();
            }
        }

        json.ReadRequired();
        json.Require(JsonTokenType.EndObject);
        fields.Require(json.File, LabelAt, ValueAt);
        rows.Add(delivery, new LoadRow(MisoPlaces.System, delivery, load));
    }

    private DeliveryInterval Interval(ref JsonStream json, JsonFields fields, LocalDate date)
    {
        if (Minutes == 60)
        {
            return HourEnding.TryParse(date, json.Utf8(), out var hour) && !hour.IsRepeated
                ? hour.ToInterval(MarketZones.EasternStandard)
                : throw fields.Unexpected(ref json, LabelAt, "an hour ending from 1 to 24");
        }

        return EasternStandard.TryParseTime(json.Utf8(), out var second)
            ? EasternStandard.Starting(LocalSeconds.Of(date) + second, Minutes)
            : throw fields.Unexpected(ref json, LabelAt, "a time like 16:45");
    }
}
