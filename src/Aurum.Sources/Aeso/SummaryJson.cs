using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Text;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Aeso;

/// <summary>The summary of the API, currentsupplydemand-api v2: totals as fields of <c>return</c>, a list of fuels, a list of
/// interchanges.</summary>
internal static class SummaryJson
{
    private const string Stamp = "effective_datetime_utc";
    private const string Fuels = "generation_data_list";
    private const string Paths = "interchange_list";

    /// <summary>Fields with their names in the web report.</summary>
    private static readonly Dictionary<string, string> Totals = new()
    {
        ["total_max_generation_capability"] = "Total Maximum Generation Capability",
        ["total_net_generation"] = "Alberta Total Net Generation",
        ["net_to_grid_generation"] = "Net-To-Grid Generation",
        ["net_actual_interchange"] = "Net Actual Interchange",
        ["alberta_internal_load"] = "Alberta Internal Load (AIL)",
        ["contingency_reserve_required"] = "Contingency Reserve Required",
        ["dispatched_contigency_reserve_total"] = "Dispatched Contingency Reserve (DCR)",
        ["dispatched_contingency_reserve_gen"] = "Dispatched Contingency Reserve -Gen",
        ["dispatched_contingency_reserve_other"] = "Dispatched Contingency Reserve -Other",
        ["ffr_armed_dispatch"] = "FFR Armed Dispatch",
        ["ffr_offered_volume"] = "FFR Offered Volume",
        ["lssi_armed_dispatch"] = "LSSi Armed Dispatch",
        ["lssi_offered_volume"] = "LSSi Offered Volume",
        ["long_lead_time_volume"] = "Long Lead Time Volume",
    };

    private static readonly Dictionary<string, string> Measures = new()
    {
        ["aggregated_maximum_capability"] = Summary.Capability,
        ["aggregated_net_generation"] = Summary.Generation,
        ["aggregated_dispatched_contingency_reserve"] = Summary.Reserve,
    };

    public static Summary Read(ArchiveEntry entry)
    {
        var json = new JsonStream(entry.Content, entry.Name);
        try
        {
            return Read(ref json);
        }
        finally
        {
            json.Dispose();
        }
    }

    private static Summary Read(ref JsonStream json)
    {
        var values = new List<SummaryValue>();
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        long? at = null;
        bool hasFuels = false, hasPaths = false;
        json.ReadRequired();
        json.Require(JsonTokenType.StartObject);
        while (json.Read())
        {
            if (json.Token != JsonTokenType.PropertyName)
            {
                continue;
            }

            var name = json.Text();
            json.ReadRequired();
            if (name == Stamp)
            {
                at = AesoText.Utc(ref json);
            }
            else if (name == Fuels)
            {
                hasFuels = true;
                ReadList(ref json, "fuel_type", SummaryPart.Fuel, Measures, values, unknown);
            }
            else if (name == Paths)
            {
                hasPaths = true;
                ReadList(ref json, "path", SummaryPart.Interchange, new() { ["actual_flow"] = "" }, values, unknown);
            }
            else if (Totals.TryGetValue(name, out var total))
            {
                values.Add(new SummaryValue(SummaryPart.Total, total, "", AesoText.NumberOrNaN(ref json)));
            }
            else if (name != "return")
            {
                Remember(unknown, name);
                json.Skip();
            }
        }

        Require(json.File, at is not null, Stamp, unknown);
        Require(json.File, hasFuels, Fuels, unknown);
        Require(json.File, hasPaths, Paths, unknown);
        var file = json.File;
        return new Summary(
            Instant.FromUnixTimeSeconds(at!.Value), values, [.. unknown.Select(field => $"{file}: unknown field {field}")]);
    }

    private static void ReadList(
        ref JsonStream json, string nameField, SummaryPart part, Dictionary<string, string> measures, List<SummaryValue> values,
        SortedSet<string> unknown)
    {
        json.Require(JsonTokenType.StartArray);
        for (json.ReadRequired(); json.Token != JsonTokenType.EndArray; json.ReadRequired())
        {
            json.Require(JsonTokenType.StartObject);
            var name = "";
            var found = new List<(string Measure, double Mw)>();
            for (json.ReadRequired(); json.Token != JsonTokenType.EndObject; json.ReadRequired())
            {
                var field = json.Text();
                json.ReadRequired();
                if (field == nameField)
                {
                    name = json.Text();
                }
                else if (measures.TryGetValue(field, out var measure))
                {
                    found.Add((measure, AesoText.NumberOrNaN(ref json)));
                }
                else
                {
                    Remember(unknown, field);
                    json.Skip();
                }
            }

            Require(json.File, name.Length > 0, nameField, unknown);
            foreach (var measure in measures)
            {
                Require(json.File, found.Exists(f => f.Measure == measure.Value), measure.Key, unknown);
            }

            values.AddRange(found.Select(f => new SummaryValue(part, name, f.Measure, f.Mw)));
        }
    }

    private static void Remember(SortedSet<string> unknown, string name)
    {
        if (name is not ("timestamp" or "responseCode" or "effective_datetime_mpt") && unknown.Count < 100)
        {
            unknown.Add(name);
        }
    }

    private static void Require(string file, bool hasCome, string field, IEnumerable<string> unknown)
    {
        if (!hasCome)
        {
            var nearest = NearestName.To(field, unknown);
            throw new FeedFormatException(file, "", $"a field {field}", nearest is null ? "none" : $"none (nearest: {nearest})");
        }
    }
}
