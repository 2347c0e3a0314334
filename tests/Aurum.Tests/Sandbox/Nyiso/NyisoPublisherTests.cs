using System.IO.Compression;
using NodaTime;

namespace Aurum.Tests.Sandbox.Nyiso;

/// <summary>What the sandbox's NYISO sends has the form of what the publisher sent.</summary>
public sealed class NyisoPublisherTests
{
    [Theory]
    [InlineData("20260923damlbmp_zone.csv", "damlbmp", true)]
    [InlineData("20251102realtime_zone_reduced.csv", "realtime", true)]
    [InlineData("20251102rtlbmp_zone_reduced.csv", "rtlbmp", true)]
    [InlineData("20251102pal_reduced.csv", "pal", true)]
    [InlineData("20251102palIntegrated_reduced.csv", "palIntegrated", true)]
    [InlineData("20250219isolf.csv", "isolf", false)]
    [InlineData("20171122rtfuelmix.csv", "rtfuelmix", true)]
    [InlineData("20171122ExternalLimitsFlows.csv", "ExternalLimitsFlows", true)]
    public void Headers_and_rows_have_the_form_of_the_recorded_file(string file, string folder, bool isCrLf)
    {
        var sample = Wire.Lines(Wire.Sample("nyiso", file));
        var date = new LocalDate(int.Parse(file[..4]), int.Parse(file[4..6]), int.Parse(file[6..8]));
        var text = Ask(folder, file.Replace("_reduced", "", StringComparison.Ordinal), date);
        var lines = Wire.Lines(text);
        Assert.Equal(sample[0], lines[0]);
        Assert.Equal(Form(sample[1]), Form(lines[1]));
        Assert.Equal(isCrLf, text.Contains("\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public void A_day_of_zone_prices_has_the_stamps_names_and_numbers_of_the_recorded_file()
    {
        var sample = Wire.Lines(Wire.Sample("nyiso", "20260923damlbmp_zone.csv"));
        var lines = Wire.Lines(Ask("damlbmp", "20260923damlbmp_zone.csv", new LocalDate(2026, 9, 23)));
        Assert.Equal(sample.Skip(1).Select(Key), lines.Skip(1).Select(Key));

        static string Key(string line) => string.Join(',', line.Split(',').Take(3));
    }

    [Theory]
    [InlineData("20250309damlbmp_zone_reduced.csv", "damlbmp", "WEST", 1)]
    [InlineData("20251102rtlbmp_zone_reduced.csv", "rtlbmp", "\"WEST\"", 1)]
    [InlineData("20251102realtime_zone_reduced.csv", "realtime", "\"CAPITL\"", 1)]
    [InlineData("20251102pal_reduced.csv", "pal", "\"CAPITL\"", 2)]
    [InlineData("20251102palIntegrated_reduced.csv", "palIntegrated", "\"CAPITL\"", 2)]
    public void Stamps_of_days_with_a_clock_change_come_in_the_recorded_order(string file, string folder, string place, int column)
    {
        var sample = Wire.Lines(Wire.Sample("nyiso", file)).Where(l => l.Split(',')[column] == place).Select(Stamp).ToArray();
        var date = new LocalDate(int.Parse(file[..4]), int.Parse(file[4..6]), int.Parse(file[6..8]));
        var lines = Wire.Lines(Ask(folder, file.Replace("_reduced", "", StringComparison.Ordinal), date))
            .Where(l => l.Split(',')[column] == place).Select(Stamp).ToArray();
        Assert.Equal(sample, lines.Take(sample.Length));

        string Stamp(string line) => string.Join(',', line.Split(',').Take(column));
    }

    [Fact]
    public void Interfaces_have_the_names_and_numbers_of_the_recorded_file()
    {
        var sample = Wire.Lines(Wire.Sample("nyiso", "20171122ExternalLimitsFlows.csv"));
        var lines = Wire.Lines(Ask("ExternalLimitsFlows", "20171122ExternalLimitsFlows.csv", new LocalDate(2017, 11, 22)));
        Assert.Equal(Wire.Columns(sample, 1, 2), Wire.Columns(lines, 1, 2));
    }

    [Fact]
    public void Fuels_have_the_names_of_the_recorded_file()
    {
        var sample = Wire.Lines(Wire.Sample("nyiso", "20171122rtfuelmix.csv"));
        var lines = Wire.Lines(Ask("rtfuelmix", "20171122rtfuelmix.csv", new LocalDate(2017, 11, 22)));
        Assert.Equal(Wire.Columns(sample, 2).ToHashSet(), Wire.Columns(lines, 2).ToHashSet());
    }

    [Fact]
    public void The_forecast_of_the_whole_is_the_sum_of_its_zones()
    {
        foreach (var line in Wire.Lines(Ask("isolf", "20250219isolf.csv", new LocalDate(2025, 2, 19))).Skip(1))
        {
            var cells = line.Split(',').Skip(1).Select(int.Parse).ToArray();
            Assert.Equal(cells[^1], cells[..^1].Sum());
        }
    }

    [Fact]
    public void The_congestion_column_is_what_congestion_takes_off_the_price()
    {
        var energies = Wire.Lines(Ask("damlbmp", "20260923damlbmp_zone.csv", new LocalDate(2026, 9, 23))).Skip(1).Select(l => l.Split(','))
            .GroupBy(c => c[0], c => decimal.Parse(c[3]) - decimal.Parse(c[4]) + decimal.Parse(c[5]));
        Assert.All(energies, hour => Assert.Single(hour.Distinct()));
    }

    [Fact]
    public void Old_days_are_only_in_the_zip_of_their_month()
    {
        var now = Instant.FromUtc(2026, 3, 20, 12, 0);
        Assert.Equal(404, Wire.Ask("nyiso", "/public/csv/damlbmp/20260305damlbmp_zone.csv", now).Status);
        Assert.Equal(200, Wire.Ask("nyiso", "/public/csv/damlbmp/20260318damlbmp_zone.csv", now).Status);
        using var zip = new ZipArchive(
            new MemoryStream(Wire.Ask("nyiso", "/public/csv/damlbmp/20260301damlbmp_zone_csv.zip", now).Body.ToArray()));
        Assert.Equal(20, zip.Entries.Count);
        Assert.Equal("20260308damlbmp_zone.csv", zip.Entries[7].FullName);
        using var reader = new StreamReader(zip.Entries[7].Open());
        Assert.Equal(1 + (15 * 23), Wire.Lines(reader.ReadToEnd()).Length);
    }

    [Fact]
    public void A_day_that_is_not_published_is_not_found()
    {
        var eleven = Instant.FromUtc(2026, 3, 19, 15, 0);
        Assert.Equal(404, Wire.Ask("nyiso", "/public/csv/damlbmp/20260320damlbmp_zone.csv", eleven - Duration.FromSeconds(1)).Status);
        Assert.Equal(200, Wire.Ask("nyiso", "/public/csv/damlbmp/20260320damlbmp_zone.csv", eleven).Status);
    }

    [Fact]
    public void The_running_day_ends_with_look_ahead_rows_every_quarter_hour()
    {
        var now = Instant.FromUtc(2026, 3, 19, 14, 7);
        var stamps = Wire.Columns(Wire.Lines(Wire.Text(Wire.Ask("nyiso", "/public/csv/realtime/20260319realtime_zone.csv", now))), 0);
        Assert.Equal(
            ["\"03/19/2026 10:00:00\"", "\"03/19/2026 10:05:00\"", "\"03/19/2026 10:15:00\"", "\"03/19/2026 10:30:00\""], stamps[119..123]);
        Assert.Equal("\"03/19/2026 12:30:00\"", stamps[^1]);
    }

    private static string Ask(string folder, string file, LocalDate date)
    {
        var response = Wire.Ask("nyiso", $"/public/csv/{folder}/{file}", date.PlusDays(3).AtMidnight().InUtc().ToInstant());
        Assert.Equal(200, response.Status);
        return Wire.Text(response);
    }

    /// <summary>Digits become 9 and runs of them one, so that lines of one form are equal.</summary>
    private static string Form(string line)
    {
        var digits = System.Text.RegularExpressions.Regex.Replace(line, @"-?\d+(\.\d+)?", m =>
            m.Value.Contains('.', StringComparison.Ordinal) ? "9.9" : "9");
        return string.Join(',', digits.Split(',').Select(c =>
            c is "9.9" ? "9" : char.IsAsciiLetter(c.Trim('"').FirstOrDefault()) ? (c[0] == '"' ? "\"a\"" : "a") : c));
    }
}
