using System.Text.RegularExpressions;
using Aurum.Sandbox.Ecb;
using Aurum.Sources.Ecb;
using NodaTime;

namespace Aurum.Tests.Sandbox.Ecb;

public sealed partial class EcbPublisherTests
{
    private static readonly Instant Now = Instant.FromUtc(2025, 11, 4, 16, 0);

    [Fact]
    public void The_daily_file_is_written_like_a_recorded_one()
    {
        var recorded = Wire.Lines(Wire.Sample("ecb", "eurofxref-daily_20170308.xml"));
        var made = Wire.Lines(Daily(Now));

        Assert.Equal(recorded[..7], made[..7]);
        Assert.Equal(Form(recorded[7]), Form(made[7]));
        Assert.Equal(Form(recorded[8]), Form(made[8]));
        Assert.Equal(Form(recorded[9]), Form(made[9]));
        Assert.Equal(recorded[^3..].Select(l => l.Trim()), made[^3..].Select(l => l.Trim()));
    }

    [Theory]
    [InlineData(14, 59, "2025-11-03")]
    [InlineData(15, 0, "2025-11-04")]
    public void Todays_rates_come_in_the_afternoon(int hour, int minute, string day) => Assert.Contains(
        $"<Cube time='{day}'>", Daily(Instant.FromUtc(2025, 11, 4, hour, minute)), StringComparison.Ordinal);

    [Fact]
    public void The_file_of_90_days_is_one_line_newest_first_without_weekends()
    {
        var text = Wire.Text(Wire.Ask("ecb", "/stats/eurofxref/eurofxref-hist-90d.xml", Now));
        var days = Days().Matches(text).Select(m => m.Groups[1].Value).ToList();

        Assert.DoesNotContain('\n', text);
        Assert.Equal(("2025-11-04", "2025-08-06", 65), (days[0], days[^1], days.Count));
        Assert.Equal(days.OrderDescending(StringComparer.Ordinal), days);
    }

    [Fact]
    public void The_sandbox_is_closed_when_the_feed_expects_it() => Assert.All(
        Enumerable.Range(0, 3 * 365), n => Assert.Equal(
            TargetDays.IsClosed(new LocalDate(2024, 1, 1).PlusDays(n)), EcbBook.IsClosed(new LocalDate(2024, 1, 1).PlusDays(n))));

    private static string Daily(Instant now) => Wire.Text(Wire.Ask("ecb", "/stats/eurofxref/eurofxref-daily.xml", now));

    /// <summary>A line with its letters and digits taken out.</summary>
    private static string Form(string line) => Value().Replace(line, "'#'");

    [GeneratedRegex("time=\"([0-9-]+)\"")]
    private static partial Regex Days();

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Value();
}
