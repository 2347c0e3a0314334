using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Noaa;

/// <summary>NOAA's daily weather by station (GHCN daily): temperatures, rain, snow and wind where much power is used.</summary>
/// <remarks>
/// <para>Source: Climate Data Online v2, data of dataset GHCND; the access CSV of a station is read too.</para>
/// <para>Shape: about 14 stations × 6 elements a day, a row each; a station that did not report has none.</para>
/// <para>Units: as kept degC, mm and m/s; the publisher prints tenths of most of them. Datatypes of other datasets stay as they are
/// sent, without a unit.</para>
/// <para>Time: the station's local day, kept as the calendar day, midnight to midnight UTC.</para>
/// <para>Revisions: in place; days are completed for about a week, and checked again for two months. The flags of measurement,
/// quality and source stand in <c>flags</c>: a letter in the second place says that a check failed.</para>
/// </remarks>
public static class GhcnDaily
{
    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("noaa/ghcn-daily"),
        Title = "NOAA daily weather by station: temperature, precipitation, snow, wind",
        Facts = new FeedFacts(
            "NOAA Climate Data Online v2, dataset GHCND; access CSV files of stations are read too",
            "about 14 stations × 6 elements a day; a station that did not report has no row",
            "degC, mm, m/s; tenths as printed are divided; other datatypes as sent, without a unit",
            "the station's local day, kept as the calendar day, midnight to midnight UTC",
            "in place: completed for about a week, checked for two months; flags of measurement, quality and source beside"),
        Zone = MarketZones.Utc,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(36),
            CompleteAt: Duration.FromDays(4),
            RefreshEvery: Duration.FromHours(12),
            CorrectionsFor: Duration.FromDays(60),
            CorrectionChecks: Duration.FromDays(7)),
        Suite = "timeseries_observation",
        Table = SeriesTables.Observation,
        Locate = static (day, _) => Requests([.. NoaaStations.Asked.Select(s => s.Id)], day),
        NextPage = CdoAnswer.Next,
        Refusal = CdoAnswer.Refusal,
        Recognizes = static head => head.FirstLine is ['{', ..]
            ? head.Has("\"results\"") && head.Has("\"datatype\"") && head.Has("\"station\"")
            : head.HeaderHas("STATION", "DATE", "LATITUDE", "_ATTRIBUTES"),
        Parse = Parse,
    };

    /// <summary>The request of a day for some stations.</summary>
    internal static IReadOnlyList<FeedRequest> Requests(IReadOnlyList<string> stations, OperatingDay day) =>
    [
        CdoAnswer.Page(
            $"/data?datasetid=GHCND{string.Concat(stations.Select(id => $"&stationid=GHCND:{id}"))}"
                + $"{string.Concat(NoaaStations.Elements.Select(e => $"&datatypeid={e}"))}"
                + $"&startdate={day}&enddate={day}&sortfield=date&limit={CdoAnswer.RowsPerPage}",
            $"noaa_ghcnd_{day}", 1),
    ];

    private static ParseResult Parse(FeedFile file, IRowOutput<SeriesPoint> output)
    {
        using (var archive = new ArchiveReader(file))
        {
            if (archive.Next() is not { } entry)
            {
                throw new FeedFormatException(file.Name, "", "JSON or CSV", "an archive without a file");
            }

            if (ContentGuard.Refusal(entry) is { } refusal)
            {
                return refusal;
            }

            if (entry.Kind != ContentKind.Json)
            {
                return GhcnCsv.Read(file, entry, output);
            }
        }

        return ReadJson(file, output);
    }

    private static ParseResult ReadJson(FeedFile file, IRowOutput<SeriesPoint> output)
    {
        const int Date = 0;
        const int Datatype = 1;
        const int Station = 2;
        const int Attributes = 3;
        const int Value = 4;
        var row = new JsonFields(file.Name, "results", "date", "datatype", "station", "attributes", "value");
        var rows = new RowBuffer<SeriesPoint>(output);
        var series = new Utf8Table<GhcnSeries>();
        var flags = NameTables.Symbols(file.Name);
        var result = CdoAnswer.Read(file, ReadRow, out _);
        rows.Flush();
        return result ?? ParseResult.DataWith(row.UnknownFieldNotes());

        void ReadRow(ref JsonStream json)
        {
            row.Read(ref json);
            if (!Stamps.TryParseLocal(row.Required(Date), out var local))
            {
                throw row.Unexpected(Date, "a date like 2013-09-03T00:00:00");
            }

            var key = SeriesOf(row.Required(Station), row.Required(Datatype), series);
            var attributes = GhcnSeries.Flags(row.Required(Attributes));
            rows.Add(new SeriesPoint(
                key.Key, CalendarPeriods.Of(LocalSeconds.ToDate(local), SeriesFrequency.Daily), row.NumberOrNaN(Value) / key.Divisor,
                Flags: attributes.IsEmpty ? null : flags.Of(attributes)));
        }
    }

    private static GhcnSeries SeriesOf(ReadOnlySpan<byte> station, ReadOnlySpan<byte> datatype, Utf8Table<GhcnSeries> table)
    {
        Span<byte> name = stackalloc byte[station.Length + datatype.Length + 1];
        station.CopyTo(name);
        name[station.Length] = (byte)'/';
        datatype.CopyTo(name[(station.Length + 1)..]);
        if (!table.TryGet(name, out var series))
        {
            series = GhcnSeries.Of(station, datatype);
            table.Add(name, series);
        }

        return series;
    }
}
