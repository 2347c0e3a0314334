using Aurum.Market.Time;

namespace Aurum.Curves.Ppa.Terms;

/// <summary>Says how much energy a contract is for.</summary>
internal static class VolumeWords
{
    public static IEnumerable<string> Of(PpaVolume volume)
    {
        switch (volume.Kind)
        {
            case VolumeKind.Baseload:
                yield return $"{PpaWords.Number(volume.CapacityMw)} MW in {HoursOf(volume.Block)}.";
                break;
            case VolumeKind.MonthlyProfile:
                var unit = volume.ProfileUnit == ProfileUnit.Mw ? "MW" : "MWh a month";
                yield return $"{string.Join(", ", volume.Profile.Select(PpaWords.Number))} {unit} from January to December, alike in "
                    + $"{HoursOf(volume.Block)}.";
                break;
            default:
                yield return PlantOf(volume);
                break;
        }

        foreach (var sentence in volume.IsProduced ? LossesOf(volume) : [])
        {
            yield return sentence;
        }

        if (volume.Band is { } band)
        {
            yield return BandOf(band);
        }
    }

    private static string HoursOf(Block block) => block switch
    {
        Block.OnPeak => "every hour of the peak",
        Block.OffPeak => "every hour outside the peak",
        _ => "every hour",
    };

    private static string PlantOf(PpaVolume volume)
    {
        var what = volume.Kind == VolumeKind.PayAsProduced
            ? "what the meter counts"
            : $"{PpaWords.Number(volume.ProxyPercent)} % of what the weather allows, whether the plant runs or not (proxy generation)";
        var shape = volume.Shape!;
        var profile = shape.Kind switch
        {
            GenerationShapeKind.MonthHours => "a profile of 24 hours for each month",
            GenerationShapeKind.Hours => "a profile of 8,760 hours",
            _ => $"the mean year of the history of {shape.History!.Location} ({shape.History.Feed})",
        };
        var plant = $"{PpaWords.Number(volume.SharePercent)} % of a plant of {PpaWords.Number(volume.CapacityMw)} MW";
        return $"{plant}: {what}, expected by {profile}.";
    }

    private static IEnumerable<string> LossesOf(PpaVolume volume)
    {
        if (volume.Exceedance == Exceedance.P90)
        {
            yield return $"Reckoned at the P90 yield, {PpaWords.Number(volume.P90PercentOfP50)} % of the P50 yield.";
        }

        if (volume.DegradationPercentPerYear > 0)
        {
            var from = volume.DegradationFrom is { } day ? $" from {PpaWords.Day(day)} on" : "";
            yield return $"It falls by {PpaWords.Number(volume.DegradationPercentPerYear)} % a year{from}.";
        }

        var availability = volume.AvailabilityPercent;
        if (availability.Any(static a => a != 100))
        {
            yield return availability.Distinct().Count() == 1
                ? $"The plant is available {PpaWords.Number(availability[0])} % of the time."
                : $"The plant is available {string.Join(", ", availability.Select(PpaWords.Number))} % of the time from January to "
                    + "December.";
        }
    }

    private static string BandOf(VolumeBand band)
    {
        var words = new List<string>();
        if (!double.IsInfinity(band.MaxMwh))
        {
            words.Add($"Above {PpaWords.Number(band.MaxMwh)} MWh in a calendar year the rest is "
                + (band.Excess == ExcessRule.Market
                    ? "settled at the market price."
                    : $"paid {PpaWords.Number(band.ExcessPrice)} per MWh."));
        }

        if (band.MinMwh > 0)
        {
            words.Add($"Below {PpaWords.Number(band.MinMwh)} MWh "
                + band.Shortfall switch
                {
                    ShortfallRule.Replace => "what is missing is settled at the mean of what was delivered.",
                    ShortfallRule.Charge => $"the seller pays {PpaWords.Number(band.ShortfallCharge)} per missing MWh.",
                    _ => "nothing follows.",
                });
        }

        return string.Join(' ', words);
    }
}
