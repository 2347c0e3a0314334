using System.Text;
using Aurum.Curves.Documents;
using NodaTime;

namespace Aurum.Tests.Curves.Documents;

public sealed class DocumentReaderTests
{
    private enum Season
    {
        Summer,
        DeepWinter,
    }

    [Fact]
    public void A_document_without_faults_is_read_with_its_defaults()
    {
        var (name, mw, when, season, flag, steps) = Read("""
            {"name":" Alpha ","mw":12.5,"when":"2027-02-28","season":"deep_winter","steps":[{"from":1},{"from":2}]}
            """);
        Assert.Equal("Alpha", name);
        Assert.Equal(12.5, mw);
        Assert.Equal(new LocalDate(2027, 2, 28), when);
        Assert.Equal(Season.DeepWinter, season);
        Assert.True(flag);
        Assert.Equal([1, 2], steps);
    }

    [Fact]
    public void Every_fault_is_told_at_once_with_path_expected_and_found()
    {
        var errors = ErrorsOf("""
            {"name":7,"mw":-1,"when":"2027-02-30","season":"deep_wintr","flag":"yes","steps":[{"from":1},{"form":2},3],"mww":1}
            """);
        Assert.Equal(
            [
                "$.name: expected a text of 1 to 200 letters, found 7",
                "$.mw: expected a number above 0 to 100 MW, found -1",
                "$.when: expected a day from 1990-01-01 to 2149-12-31, found '2027-02-30'",
                "$.season: expected one of summer, deep_winter (nearest: deep_winter), found 'deep_wintr'",
                "$.flag: expected true or false, found 'yes'",
                "$.steps[1].from: expected a whole number from 0 to 9, found nothing",
                "$.steps[2]: expected an object, found 3",
                "$.mww: expected only fields that are known here: name, mw, when, season, flag, steps (nearest: mw), "
                    + "found unknown field 'mww'",
                "$.steps[1].form: expected only fields that are known here: from (nearest: from), found unknown field 'form'",
            ],
            errors);
    }

    [Fact]
    public void A_missing_object_is_told_once_and_not_its_fields()
    {
        var reader = DocumentReader.Of(System.Text.Json.JsonDocument.Parse("{}").RootElement);
        var part = reader.At("price");
        part.Number("fixed", NumberRange.From0(10, "EUR/MWh"));
        part.At("deeper").Text("name");
        Assert.Equal("$.price: expected an object, found nothing", Assert.Single(reader.Errors).ToString());
    }

    [Theory]
    [InlineData("""{"name":"a","name":"b","mw":1,"when":"2027-01-01","season":"summer"}""", "$.name: expected a field once")]
    [InlineData("""{"name":null,"mw":1,"when":"2027-01-01","season":"summer"}""", "found null (leave the field out instead)")]
    [InlineData("""{"name":"a","mw":1e999,"when":"2027-01-01","season":"summer"}""", "$.mw: expected a number above 0 to 100 MW")]
    [InlineData("""{"name":"a","mw":1,"when":"2027-01-01","season":"summer","steps":[1""", "$: expected JSON of at most 32 levels")]
    [InlineData("[1]", "$: expected an object, found a list of 1")]
    [InlineData("", "$: expected JSON of at most 32 levels")]
    public void Documents_that_are_no_use_are_refused(string json, string message) =>
        Assert.Contains(message, string.Join('\n', ErrorsOf(json)), StringComparison.Ordinal);

    [Fact]
    public void Size_depth_and_the_number_of_errors_have_limits()
    {
        var limits = new DocumentLimits { MaxBytes = 50, MaxErrors = 1 };
        Assert.Contains("at most 50 bytes", ErrorsOf(new string(' ', 51), limits)[0], StringComparison.Ordinal);
        Assert.Contains("levels", ErrorsOf(new string('[', 60), new DocumentLimits())[0], StringComparison.Ordinal);
        Assert.Equal("$: expected at most 1 errors, found 3 more than are listed", ErrorsOf("{}", limits)[^1]);
    }

    private static (string Name, double Mw, LocalDate When, Season Season, bool Flag, IReadOnlyList<int> Steps) Read(
        string json, DocumentLimits? limits = null) =>
        DocumentReader.Read(
            Encoding.UTF8.GetBytes(json),
            static r => (
                r.Text("name"), r.Number("mw", NumberRange.Above0(100, "MW")), r.Date("when"), r.Choice<Season>("season"),
                r.FlagOr("flag", true), r.List("steps", 0, 3, static s => s.Integer("from", 0, 9))),
            limits);

    private static string[] ErrorsOf(string json, DocumentLimits? limits = null) =>
        [.. Assert.Throws<DocumentException>(() => Read(json, limits)).Errors.Select(static e => e.ToString())];
}
