using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.Curves.Documents;
using Aurum.Curves.Ppa.Terms;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Ppa.Terms;

public sealed class PpaContractReaderTests
{
    private static readonly SchemaCheck Schema = new(JsonDocument.Parse(PpaContractSchema.Json).RootElement);

    /// <summary>Contracts of all kinds, as changes to the plain one.</summary>
    public static TheoryData<string> Good => new(
        "{}",
        """{"settlement":{"type":"physical","minutes":5},"fees":{},"negative_price":{"type":"none"}}""",
        """{"curves":{"on_peak":"p","off_peak":"o"},"volume":{"type":"baseload","capacity_mw":0.5,"block":"on_peak"}}""",
        """{"volume":{"type":"monthly_profile","unit":"mw","months":[0,1,2,3,4,5,6,7,8,9,10,11],"band":{"max_mwh":10}}}""",
        """{"point":{"type":"node","name":"N","basis":{"type":"curve"}},"upfront":{"amount":-5}}""",
        """{"point":{"type":"node","name":"N","basis":{"type":"curve","months":[{"month":"2027-01","amount":-1}]}}}""",
        """{"price":{"type":"index","factor":0.95,"adder":-1,"reference":"hub","cap":80,"escalator":{"percent_per_year":-1}}}""",
        """{"price":{"type":"collar","floor":20,"cap":20,"reference":"given","values":[{"from":"2020-01-01","value":100}]}}""",
        """{"price":{"type":"share","price":40,"upside_percent":0,"downside_percent":100,"floor":10}}""",
        """{"negative_price":{"type":"curtail","below":-5,"compensation_percent":50},"credit":{"percent_per_year":0}}""",
        """{"discount":{"zero_curve":[{"date":"2027-01-01","annual_percent":-0.5}],"payment_lag_days":30}}""");

    [Theory]
    [MemberData(nameof(Good))]
    public void Good_contracts_are_read_and_the_schema_allows_them(string changes)
    {
        var json = Deals.Json(changes);
        Assert.True(Schema.Allows(JsonDocument.Parse(json).RootElement));
        Assert.Equal("Alpha", PpaContractReader.Read(json).Name);
    }

    [Fact]
    public void Every_field_arrives_where_it_belongs_and_the_rest_has_its_default()
    {
        var contract = Deals.Of($$$"""
            {
              "side": "seller", "volume": {
                "type": "pay_as_produced", "capacity_mw": 120, "shape": {{{Deals.SolarShape()}}}, "share_percent": 60,
                "degradation_percent_per_year": 0.5, "degradation_from": "2025-06-01", "availability_percent": 97,
                "exceedance": "p90", "p90_percent_of_p50": 91,
                "band": { "max_mwh": 200000, "excess": "price", "excess_price": 12 } },
              "negative_price": { "type": "consecutive", "hours": 6 }
            }
            """);
        Assert.Equal(PpaSide.Seller, contract.Side);
        Assert.Equal("America/Chicago", contract.Market.Zone.Id);
        Assert.Equal(60, contract.SettlementMinutes);
        Assert.Equal(288, contract.Volume.Shape!.Factors.Count);
        Assert.Equal(Enumerable.Repeat(97.0, 12), contract.Volume.AvailabilityPercent);
        Assert.Equal(new LocalDate(2025, 6, 1), contract.Volume.DegradationFrom);
        Assert.Equal(new VolumeBand(0, 200_000, ExcessRule.Price, 12, ShortfallRule.None, 0), contract.Volume.Band);
        Assert.Equal(new NegativePriceClause(NegativePriceKind.Consecutive, 0, 6, 0), contract.NegativePrice);
        Assert.Null(contract.Upfront);
        Assert.Equal(Block.AllHours, contract.Volume.Block);
    }

    [Fact]
    public void More_than_a_hundred_bad_contracts_are_refused_with_field_value_and_what_is_allowed()
    {
        var lines = File.ReadAllLines(Golden.Fixture("Curves/Ppa", "bad-contracts.jsonl"));
        Assert.True(lines.Length >= 100, $"{lines.Length} bad contracts");
        var faults = new List<string>();
        foreach (var (line, number) in lines.Select(static (line, i) => (line, i + 1)))
        {
            var bad = JsonNode.Parse(line)!;
            var json = Deals.Json(bad["changes"]!.ToJsonString());
            if (Schema.Allows(JsonDocument.Parse(json).RootElement) != (bad["schema_allows"]?.GetValue<bool>() ?? false))
            {
                faults.Add($"{number}: the schema says otherwise");
            }

            var errors = ErrorsOf(json);
            if (!errors.Any(e => e.Path == (string)bad["path"]! && e.Expected.Contains((string)bad["expected"]!, StringComparison.Ordinal)
                && e.Found.Contains((string)bad["found"]!, StringComparison.Ordinal)))
            {
                var told = string.Join(" | ", errors.Select(static e => e.ToString()).DefaultIfEmpty("nothing"));
                faults.Add($"{number}: {bad["path"]}: told {told}");
            }
            else if (errors.Length > 1)
            {
                faults.Add($"{number}: one fault, but told {string.Join(" | ", errors.Select(static e => e.ToString()))}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void All_faults_of_a_contract_are_told_at_once()
    {
        var errors = ErrorsOf(Deals.Json(
            """{"side":"x","currency":"usd","volume":{"type":"baseload","capacity_mw":-1},"price":{"type":"fixed"},"extra":1}"""));
        Assert.Equal(
            ["$.volume.capacity_mw", "$.side", "$.currency", "$.price.price", "$.extra"], errors.Select(static e => e.Path));
    }

    [Fact]
    public void A_start_that_cannot_be_read_is_one_fault_and_nothing_is_held_against_it()
    {
        var errors = ErrorsOf(Deals.Json(
            """{"start":"soon","price":{"type":"stepped","steps":[{"from":"2027-01-01","price":40}]}}"""));
        Assert.Equal("$.start", Assert.Single(errors).Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"name\":")]
    [InlineData("{}")]
    public void What_is_no_contract_is_refused(string json) => Assert.NotEmpty(ErrorsOf(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void The_schema_lists_the_markets_that_there_are()
    {
        var listed = JsonDocument.Parse(PpaContractSchema.Json).RootElement.GetProperty("properties").GetProperty("market")
            .GetProperty("enum").EnumerateArray().Select(static m => m.GetString()!);
        Assert.Equal(PeakCalendars.Shipped.All.Select(static c => c.Name), listed);
    }

    private static DocumentError[] ErrorsOf(byte[] json)
    {
        try
        {
            PpaContractReader.Read(json);
            return [];
        }
        catch (DocumentException e)
        {
            return [.. e.Errors];
        }
    }
}
