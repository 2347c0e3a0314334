using System.Text.Json;
using Aurum.Curves.Documents;
using Aurum.Market.Time;

namespace Aurum.Curves.Ppa.Terms;

/// <summary>Reads a contract's volume.</summary>
internal static class VolumeReader
{
    private const int MonthHours = 288;
    private const int HoursOfDay = 24;
    private const int YearHours = 8_760;

    private static readonly IReadOnlyList<string> Blocks = ["all_hours", "on_peak", "off_peak"];

    public static PpaVolume Read(DocumentReader volume)
    {
        var kind = volume.OptionalChoice<VolumeKind>("type");
        if (kind is null)
        {
            volume.Choice<VolumeKind>("type");
            volume.Forgive();
            return new PpaVolume { Kind = VolumeKind.Baseload };
        }

        var read = kind.Value switch
        {
            VolumeKind.Baseload => new PpaVolume
            {
                Kind = VolumeKind.Baseload, CapacityMw = volume.Number("capacity_mw", Ranges.Capacity), Block = ReadBlock(volume),
            },
            VolumeKind.MonthlyProfile => ReadProfile(volume),
            _ => ReadProduced(volume, kind.Value),
        };
        return read with { Band = volume.Maybe("band") is { } band ? ReadBand(band) : null };
    }

    private static Block ReadBlock(DocumentReader volume) => volume.OneOf("block", Blocks) switch
    {
        "on_peak" => Block.OnPeak,
        "off_peak" => Block.OffPeak,
        _ => Block.AllHours,
    };

    private static PpaVolume ReadProfile(DocumentReader volume)
    {
        var unit = volume.Choice<ProfileUnit>("unit");
        return new PpaVolume
        {
            Kind = VolumeKind.MonthlyProfile,
            ProfileUnit = unit,
            Profile = volume.Numbers("months", 12, 12, unit == ProfileUnit.Mw ? Ranges.ProfileMw : Ranges.ProfileMwh),
            Block = ReadBlock(volume),
        };
    }

    private static PpaVolume ReadProduced(DocumentReader volume, VolumeKind kind)
    {
        var isMetered = kind == VolumeKind.PayAsProduced;
        var exceedance = volume.ChoiceOr("exceedance", Exceedance.P50);
        return new PpaVolume
        {
            Kind = kind,
            CapacityMw = volume.Number("capacity_mw", Ranges.Capacity),
            Shape = ReadShape(volume.At("shape")),
            SharePercent = volume.NumberOr("share_percent", 100, Ranges.Share),
            DegradationPercentPerYear = volume.NumberOr("degradation_percent_per_year", 0, Ranges.Degradation),
            DegradationFrom = volume.OptionalDate("degradation_from"),
            AvailabilityPercent = isMetered ? ReadAvailability(volume) : [.. Enumerable.Repeat(100.0, 12)],
            ProxyPercent = isMetered ? 100 : volume.NumberOr("proxy_percent", 100, Ranges.Yield),
            Exceedance = exceedance,
            P90PercentOfP50 = exceedance == Exceedance.P90
                ? volume.Number("p90_percent_of_p50", Ranges.Share)
                : volume.NumberOr("p90_percent_of_p50", 100, Ranges.Share),
        };
    }

    /// <summary>One number for all months, or twelve.</summary>
    private static IReadOnlyList<double> ReadAvailability(DocumentReader volume)
    {
        const string one = "availability_percent";
        const string twelve = "availability_by_month_percent";
        if (volume.Has(twelve))
        {
            if (volume.Has(one))
            {
                volume.Refuse(twelve, $"{one} or {twelve}, not both", "both");
            }

            var months = volume.Numbers(twelve, 12, 12, NumberRange.Percent);
            return months.Count == 12 ? months : [.. Enumerable.Repeat(100.0, 12)];
        }

        return [.. Enumerable.Repeat(volume.NumberOr(one, 100, NumberRange.Percent), 12)];
    }

    private static GenerationShape ReadShape(DocumentReader shape)
    {
        var kind = shape.Choice<GenerationShapeKind>("type");
        if (shape.OptionalChoice<GenerationShapeKind>("type") is null)
        {
            shape.Forgive();
            return new GenerationShape(kind, [], null);
        }

        switch (kind)
        {
            case GenerationShapeKind.Hours:
                return new GenerationShape(kind, shape.Numbers("factors", YearHours, YearHours, Ranges.CapacityFactor), null);
            case GenerationShapeKind.History:
                return new GenerationShape(kind, [], new GenerationHistory(
                    shape.Text("feed"), shape.Text("location"), shape.Number("capacity_mw", Ranges.Capacity)));
            default:
                return new GenerationShape(kind, ReadMonthHours(shape), null);
        }
    }

    /// <summary>Twelve lists of 24 numbers.</summary>
    private static double[] ReadMonthHours(DocumentReader shape)
    {
        var factors = new double[MonthHours];
        var months = shape.Items("factors", 12, 12, "lists of 24 numbers", (item, path) => (item, path));
        for (var m = 0; m < months.Count; m++)
        {
            var (item, path) = months[m];
            if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() != HoursOfDay)
            {
                shape.RefuseAt(path, $"a list of {HoursOfDay} numbers", FoundText.Of(item));
                continue;
            }

            for (var hour = 0; hour < HoursOfDay; hour++)
            {
                factors[(m * HoursOfDay) + hour] = FactorOf(shape, item[hour], $"{path}[{hour}]");
            }
        }

        return factors;
    }

    private static double FactorOf(DocumentReader shape, JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var factor) && Ranges.CapacityFactor.Contains(factor))
        {
            return factor;
        }

        shape.RefuseAt(path, $"a number {Ranges.CapacityFactor}", FoundText.Of(value));
        return 0;
    }

    private static VolumeBand ReadBand(DocumentReader band)
    {
        var (min, max) = (band.OptionalNumber("min_mwh", Ranges.YearMwh), band.OptionalNumber("max_mwh", Ranges.YearMwh));
        if (!band.Has("min_mwh") && !band.Has("max_mwh"))
        {
            band.RefuseAt(band.Path, "min_mwh, max_mwh or both", "neither");
        }

        if (min > max)
        {
            band.Refuse("max_mwh", FormattableString.Invariant($"a number from min_mwh, {min}, on"));
        }

        var excess = band.Has("max_mwh") ? band.ChoiceOr("excess", ExcessRule.Market) : ExcessRule.Market;
        var shortfall = band.Has("min_mwh") ? band.ChoiceOr("shortfall", ShortfallRule.None) : ShortfallRule.None;
        return new VolumeBand(
            min ?? 0,
            max ?? double.PositiveInfinity,
            excess,
            excess == ExcessRule.Price ? band.Number("excess_price", Ranges.Price) : 0,
            shortfall,
            shortfall == ShortfallRule.Charge ? band.Number("shortfall_charge", Ranges.Price) : 0);
    }
}
