using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.WorldBank;

/// <summary>The World Bank's catalog: the indicators of the World Development Indicators, countries and databases.</summary>
/// <remarks>
/// <para>Source: API v2, indicator?source=2, country, source, in pages.</para>
/// <para>Shape: an entry an indicator (about 1,500; its id is the beginning of its observations' ids, before slash and country), a
/// country (<c>country/USA</c>) and a database (<c>source/2</c>).</para>
/// <para>Units: in their field, or in the brackets that end an indicator's name.</para>
/// <para>Time: none.</para>
/// <para>Revisions: entries that change; only today's state can be asked for.</para>
/// </remarks>
public static class IndicatorCatalog
{
    private const int Id = 0;
    private const int Name = 1;
    private const int SourceNote = 2;
    private const int Organization = 3;
    private const int SourceId = 4;
    private const int SourceName = 5;
    private const int Unit = 6;
    private const int Iso2 = 7;
    private const int Region = 8;
    private const int Income = 9;
    private const int Lending = 10;
    private const int Capital = 11;
    private const int Longitude = 12;
    private const int Latitude = 13;
    private const int Description = 14;
    private const int Url = 15;

    private static readonly string[] Names =
    [
        "id", "name", "sourceNote", "sourceOrganization", "source.id", "source.value", "unit", "iso2Code", "region.value",
        "incomeLevel.value", "lendingType.value", "capitalCity", "longitude", "latitude", "description", "url",
    ];

    public static readonly Feed<SeriesListing> Feed = new()
    {
        Id = new FeedId("worldbank/indicator-catalog"),
        Title = "World Bank catalog: indicators, countries, databases",
        Facts = new FeedFacts(
            "World Bank API v2: indicator?source=2, country, source",
            "an entry an indicator (about 1,500), country and database; observations add a country to an indicator's id",
            "in the field unit, or in the brackets that end an indicator's name",
            "none",
            "entries that change; only today's state can be asked for"),
        Zone = MarketZones.Utc,
        Schedule = CatalogSchedules.Daily,
        Suite = CatalogSchedules.Suite,
        RowsLieInDay = false,
        Table = SeriesTables.Catalog,
        Locate = static (day, now) => CatalogSchedules.Today(day, now, static () =>
        [
            WorldBankRequests.First("/indicator", "&source=2", "worldbank_indicators"),
            WorldBankRequests.First("/country", "", "worldbank_countries"),
            WorldBankRequests.First("/source", "", "worldbank_sources"),
        ]),
        NextPage = WorldBankRequests.Next,
        Recognizes = static head => head.FirstLine.StartsWith('[')
            && (head.Has("\"sourceNote\"") || (head.Has("\"iso2Code\"") && head.Has("\"capitalCity\""))
                || (head.Has("\"per_page\"") && head.Has("\"description\"") && head.Has("\"url\""))),
        Parse = Parse,
    };

    private static ParseResult Parse(FeedFile file, IRowOutput<SeriesListing> output)
    {
        var row = new JsonFields(file.Name, "[1]", Names);
        var rows = new RowBuffer<SeriesListing>(output);
        var result = WorldBankAnswer.Read(file, ReadRow, out _);
        rows.Flush();
        return result ?? ParseResult.DataWith(row.UnknownFieldNotes(
            "topics", "region.id", "region.iso2code", "adminregion.id", "adminregion.value", "adminregion.iso2code", "incomeLevel.id",
            "incomeLevel.iso2code", "lendingType.id", "lendingType.iso2code", "code", "lastupdated", "dataavailability",
            "metadataavailability", "concepts"));

        void ReadRow(ref JsonStream json)
        {
            row.Read(ref json);
            rows.Add(row.Has(Iso2) ? Country(row) : row.Has(SourceNote) ? Indicator(row) : Source(row));
        }
    }

    private static SeriesListing Indicator(JsonFields row)
    {
        var name = ListingText.Required(row, Name);
        var unit = row.Text(Unit).Trim();
        return new SeriesListing(new Symbol(ListingText.Required(row, Id)), new Symbol(name), new Symbol("indicator"))
        {
            Dataset = ListingText.Of(row, SourceId),
            Description = ListingText.Of(row, SourceNote),
            Frequency = new Symbol("A"),
            Notes = ListingText.Of(row, Organization),
            Tags = ListingText.Of(row, SourceName),
        }.WithUnit(unit.Length > 0 ? unit : ListingText.InBrackets(name));
    }

    private static SeriesListing Country(JsonFields row)
    {
        var code = ListingText.Required(row, Id);
        foreach (var field in (ReadOnlySpan<int>)[Region, Income, Lending, Capital, Longitude, Latitude])
        {
            row.Required(field);
        }

        return new SeriesListing(new Symbol($"country/{code}"), new Symbol(ListingText.Required(row, Name)), new Symbol("country"))
        {
            Geo = new Symbol(code),
            Metadata = ListingText.Metadata(
                ("iso2", row.Text(Iso2)), ("region", row.Text(Region).Trim()), ("income_level", row.Text(Income).Trim()),
                ("lending_type", row.Text(Lending).Trim()), ("capital", row.Text(Capital)), ("longitude", row.Text(Longitude)),
                ("latitude", row.Text(Latitude))),
        };
    }

    private static SeriesListing Source(JsonFields row)
    {
        row.Required(Description);
        var code = ListingText.Required(row, Id);
        return new SeriesListing(new Symbol($"source/{code}"), new Symbol(ListingText.Required(row, Name)), new Symbol("source"))
        {
            Dataset = new Symbol(code),
            Description = ListingText.Of(row, Description),
            SourceUrl = ListingText.Of(row, Url),
        };
    }
}
