using System.Globalization;
using System.Text;
using System.Text.Json;
using Aurum.App.Ppa.Results;

namespace Aurum.App.Output;

/// <summary>Valuations of contracts for people: term sheet, value, cash flows, parts, risk.</summary>
internal static class PpaReport
{
    private const int Width = 100;
    private const int MostSensitivities = 8;

    private static readonly (string Name, bool IsNumber)[] Flows =
    [
        ("expected_mwh", true), ("delivered_mwh", true), ("market_value", true), ("contract_payment", true), ("clause_effect", true),
        ("band_effect", true), ("fees", true), ("credit_charge", true), ("net", true), ("present_value", true),
    ];

    public static readonly IReadOnlyList<(string Name, bool IsNumber)> PartColumns =
        [("name", false), ("label", false), ("value", true), ("total", true)];

    /// <summary>Columns of cash flows.</summary>
    public static IReadOnlyList<(string Name, bool IsNumber)> Columns(bool byMonth) => [(byMonth ? "month" : "year", false), .. Flows];

    /// <summary>Cash flows by month, or their sums by calendar year.</summary>
    public static IReadOnlyList<JsonElement[]> Rows(JsonElement result, bool byMonth)
    {
        var months = result.GetProperty("cashflows").EnumerateArray().ToList();
        return byMonth
            ? [.. months.Select(m => (JsonElement[])[.. Columns(byMonth).Select(c => m.GetProperty(c.Name))])]
            :
            [
                .. months.GroupBy(static m => int.Parse(m.GetProperty("month").GetString()![..4], CultureInfo.InvariantCulture))
                    .Select(static year => (JsonElement[])
                    [
                        JsonSerializer.SerializeToElement(year.Key),
                        .. Flows.Select(c => c.Name.EndsWith("mwh", StringComparison.Ordinal)
                            ? JsonSerializer.SerializeToElement(year.Sum(m => m.GetProperty(c.Name).GetDouble()))
                            : JsonSerializer.SerializeToElement(year.Sum(m => m.GetProperty(c.Name).GetDecimal()))),
                    ]),
            ];
    }

    /// <summary>A term sheet.</summary>
    public static string Terms(IReadOnlyList<TermShape> words)
    {
        var indent = words.Max(static w => w.Term.Length) + 2;
        var text = new StringBuilder();
        foreach (var line in words)
        {
            var rows = TextWrap.Lines(line.Text, Width - indent);
            for (var i = 0; i < rows.Count; i++)
            {
                text.Append((i == 0 ? line.Term : "").PadRight(indent)).Append(rows[i]).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>A whole valuation.</summary>
    /// <param name="answer">As <c>/v1/ppa/preview</c> gives it.</param>
    /// <param name="byMonth">Whether cash flows are by month.</param>
    public static string Of(JsonElement answer, bool byMonth)
    {
        var result = answer.GetProperty("result");
        var text = new StringBuilder();
        AddHead(text, result);
        AddFlows(text, result, byMonth);
        AddParts(text, result);
        AddSensitivities(text, result);
        AddRisk(text, result);
        text.Append("\nWhat it hangs on\n");
        foreach (var note in result.GetProperty("notes").EnumerateArray())
        {
            AddNote(text, note.GetString()!);
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $"\nmanifest {answer.GetProperty("manifest_sha256")}\nresult   {answer.GetProperty("version_hash")}\n");
        if (answer.GetProperty("valuation_id").GetString() is { } id)
        {
            text.Append(CultureInfo.InvariantCulture, $"stored as {id}\n");
        }

        return text.ToString();
    }

    /// <summary>A change of value.</summary>
    public static string Explained(JsonElement explained)
    {
        var text = new StringBuilder();
        var currency = explained.GetProperty("currency").GetString()!;
        text.Append(
            CultureInfo.InvariantCulture,
            $"{explained.GetProperty("contract")}: value to the {explained.GetProperty("side")}, {currency}\n\n");
        var table = new TextTable([("", false), ("value", true)]);
        table.Add($"value on {explained.GetProperty("from")}", Money(explained.GetProperty("value_from")));
        foreach (var part in explained.GetProperty("parts").EnumerateArray())
        {
            table.Add($"  {part.GetProperty("label")}", Money(part.GetProperty("value")));
        }

        table.Add($"value on {explained.GetProperty("to")}", Money(explained.GetProperty("value_to")));
        table.Add("change", Money(explained.GetProperty("change")));
        text.Append(table).Append('\n');
        foreach (var note in explained.GetProperty("notes").EnumerateArray())
        {
            AddNote(text, note.GetString()!);
        }

        return text.ToString();
    }

    /// <summary>A part as cells.</summary>
    public static JsonElement[] PartCells(JsonElement part) => [.. PartColumns.Select(c => part.GetProperty(c.Name))];

    /// <summary>Values of a stored contract, newest first.</summary>
    public static string Valuations(JsonElement rows)
    {
        if (rows.GetArrayLength() == 0)
        {
            return "never valued\n";
        }

        var table = new TextTable([
            ("valuation", false), ("as of", false), ("scenario", false), ("npv", true), ("", false), ("irr", true), ("computed at", false),
        ]);
        foreach (var row in rows.EnumerateArray())
        {
            table.Add(
                row.GetProperty("valuation_id").GetString()!, row.GetProperty("asof_date").GetString()!,
                row.GetProperty("scenario_id").GetString() ?? "", Money(row.GetProperty("npv")), row.GetProperty("currency").GetString()!,
                Percent(row.GetProperty("irr")), row.GetProperty("ingested_at").GetString()!);
        }

        return table.ToString();
    }

    private static void AddHead(StringBuilder text, JsonElement result)
    {
        var currency = result.GetProperty("currency").GetString()!;
        var capture = result.GetProperty("capture");
        text.Append(
            CultureInfo.InvariantCulture,
            $"{result.GetProperty("contract")}: value to the {result.GetProperty("side")} on {result.GetProperty("valuation_date")}, "
            + $"curves as of {result.GetProperty("asof_date")}, known at {result.GetProperty("known_at")}\n\n");
        var table = new TextTable([("", false), ("", true), ("", false)]);
        var price = $"{currency}/MWh";
        table.Add("net present value", Money(result.GetProperty("npv")), currency);
        AddNumber(table, "internal rate of return", result.GetProperty("irr"), Percent, "a year");
        AddNumber(table, "break-even price", result.GetProperty("break_even_price"), Price, price);
        AddNumber(table, "levelised contract price", result.GetProperty("levelised_price"), Price, price);
        AddNumber(table, "mean market price", capture.GetProperty("mean_price"), Price, price);
        AddNumber(table, "capture price", capture.GetProperty("capture_price"), Price, price);
        AddNumber(table, "capture rate", capture.GetProperty("capture_rate"), Percent, "of the mean price");
        text.Append(table.ToString().TrimStart('\n'));
    }

    private static void AddNumber(TextTable table, string name, JsonElement number, Func<JsonElement, string> write, string unit) =>
        table.Add(name, write(number), number.ValueKind == JsonValueKind.Number ? unit : "");

    private static void AddFlows(StringBuilder text, JsonElement result, bool byMonth)
    {
        text.Append(byMonth ? "\nCash flows by month\n" : "\nCash flows by year\n");
        var columns = Columns(byMonth);
        var table = new TextTable(columns);
        var rows = Rows(result, byMonth);
        foreach (var row in rows)
        {
            table.Add([.. row.Select((cell, i) => Cell(columns[i].Name, cell))]);
        }

        table.Add(
        [
            "sum",
            .. Enumerable.Range(1, Flows.Length).Select(i => columns[i].Name.EndsWith("mwh", StringComparison.Ordinal)
                ? Energy(rows.Sum(r => r[i].GetDouble()))
                : Money(rows.Sum(r => r[i].GetDecimal()))),
        ]);
        text.Append(table);
        if (result.GetProperty("upfront") is { ValueKind: JsonValueKind.Object } upfront)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"paid once on {upfront.GetProperty("date")}: {Money(upfront.GetProperty("amount"))}, today "
                + $"{Money(upfront.GetProperty("present_value"))}\n");
        }
    }

    private static void AddParts(StringBuilder text, JsonElement result)
    {
        text.Append("\nValue, part by part\n");
        var table = new TextTable([("part", false), ("value", true), ("total", true)]);
        foreach (var part in result.GetProperty("parts").EnumerateArray())
        {
            table.Add(part.GetProperty("label").GetString()!, Money(part.GetProperty("value")), Money(part.GetProperty("total")));
        }

        text.Append(table);
    }

    private static void AddSensitivities(StringBuilder text, JsonElement result)
    {
        text.Append("\nWhat moves the value\n");
        var table = new TextTable([("change", false), ("value", true), ("or", false), ("value", true)]);
        foreach (var moved in result.GetProperty("sensitivities").EnumerateArray().Take(MostSensitivities))
        {
            table.Add(
                moved.GetProperty("down_label").GetString()!, Money(moved.GetProperty("down")), moved.GetProperty("up_label").GetString()!,
                Money(moved.GetProperty("up")));
        }

        foreach (var delta in result.GetProperty("deltas").EnumerateArray().Where(static d => d.GetProperty("tenor").GetString() == "year"))
        {
            table.Add($"forward prices of {delta.GetProperty("label")} +1 per MWh", Money(delta.GetProperty("value")), "", "");
        }

        text.Append(table);
    }

    private static void AddRisk(StringBuilder text, JsonElement result)
    {
        if (result.GetProperty("risk") is not { ValueKind: JsonValueKind.Object } risk)
        {
            return;
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $"\nRisk: {risk.GetProperty("paths").GetInt32():N0} paths, seed {risk.GetProperty("seed")}; intervals hold the true number "
            + $"in 95 of 100 runs\n");
        var table = new TextTable([("", false), ("value", true), ("from", true), ("to", true)]);
        foreach (var statistic in risk.GetProperty("statistics").EnumerateArray())
        {
            var isShare = statistic.GetProperty("metric").GetString() == "probability_of_loss";
            table.Add([statistic.GetProperty("label").GetString()!, .. Interval(statistic, isShare)]);
        }

        foreach (var year in risk.GetProperty("years").EnumerateArray())
        {
            var atRisk = year.GetProperty("cashflow_at_risk95");
            table.Add([$"Cash flow at risk 95 % in {year.GetProperty("year")}", .. Interval(atRisk, isShare: false)]);
        }

        text.Append(table);
    }

    private static IEnumerable<string> Interval(JsonElement statistic, bool isShare) =>
        new[] { "value", "low", "high" }.Select(name => statistic.GetProperty(name)).Select(n => isShare ? Percent(n) : Money(n));

    private static void AddNote(StringBuilder text, string note)
    {
        var lines = TextWrap.Lines(note, Width - 2);
        for (var i = 0; i < lines.Count; i++)
        {
            text.Append(i == 0 ? "- " : "  ").Append(lines[i]).Append('\n');
        }
    }

    private static string Cell(string column, JsonElement cell) => column switch
    {
        "year" or "month" => cell.ToString(),
        "expected_mwh" or "delivered_mwh" => Energy(cell.GetDouble()),
        _ => Money(cell),
    };

    private static string Money(JsonElement amount) => Money(amount.GetDecimal());

    private static string Money(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);

    private static string Energy(double mwh) => mwh.ToString("N1", CultureInfo.InvariantCulture);

    private static string Price(JsonElement price) =>
        price.ValueKind == JsonValueKind.Number ? price.GetDouble().ToString("N2", CultureInfo.InvariantCulture) : "none";

    private static string Percent(JsonElement share) => share.ValueKind == JsonValueKind.Number
        ? (share.GetDouble() * 100).ToString("N2", CultureInfo.InvariantCulture) + " %"
        : "none";
}
