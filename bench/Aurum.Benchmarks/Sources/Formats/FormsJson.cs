using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aurum.Benchmarks.Sources.Formats;

/// <summary>What people declare for the serializer. Numbers and times as they stand; nothing is made of them.</summary>
internal sealed record PjmAnswer([property: JsonPropertyName("items")] List<PjmPrice> Items);

internal sealed record PjmPrice(
    DateTime datetime_beginning_utc,
    DateTime datetime_beginning_ept,
    long pnode_id,
    string pnode_name,
    string? voltage,
    string? equipment,
    string type,
    string? zone,
    double? system_energy_price_da,
    double? total_lmp_da,
    double? congestion_price_da,
    double? marginal_loss_price_da,
    bool row_is_current,
    int version_nbr);

internal sealed record ErcotAnswer([property: JsonPropertyName("data")] List<List<JsonElement>> Data);

internal sealed record EiaAnswer([property: JsonPropertyName("response")] EiaResponse Response);

internal sealed record EiaResponse([property: JsonPropertyName("data")] List<Dictionary<string, string?>> Data);

internal sealed record MisoTable([property: JsonPropertyName("data")] List<List<string?>> Data);

internal sealed record MisoPage([property: JsonPropertyName("data")] List<MisoExchangePrice> Data);

internal sealed record MisoExchangePrice(
    string? preliminaryFinal, string? node, double? lmp, double? mcc, double? mec, double? mlc, MisoInterval? timeInterval);

internal sealed record MisoInterval(string? resolution, string? start, string? end, string? value);

internal sealed record IsoneAnswer([property: JsonPropertyName("FiveMinLmps")] IsonePrices Prices);

internal sealed record IsonePrices([property: JsonPropertyName("FiveMinLmp")] List<IsonePrice> Rows);

internal sealed record IsonePrice(
    DateTimeOffset BeginDate, IsonePlace? Location, double? LmpTotal, double? EnergyComponent, double? CongestionComponent,
    double? LossComponent);

internal sealed record IsonePlace(
    [property: JsonPropertyName("@LocId")] string? Id,
    [property: JsonPropertyName("@LocType")] string? Type,
    [property: JsonPropertyName("$")] string? Name);

internal sealed record AesoAnswer([property: JsonPropertyName("return")] AesoReturn Return);

internal sealed record AesoReturn([property: JsonPropertyName("Pool Price Report")] List<AesoPrice> Rows);

internal sealed record AesoPrice(
    string? begin_datetime_utc, string? begin_datetime_mpt, string? pool_price, string? forecast_pool_price, string? rolling_30day_avg);

internal sealed record FredAnswer([property: JsonPropertyName("observations")] List<FredObservation> Observations);

internal sealed record FredObservation(string? realtime_start, string? realtime_end, string? date, string? value);

internal sealed record NoaaAnswer([property: JsonPropertyName("results")] List<NoaaResult> Results);

internal sealed record NoaaResult(string? date, string? datatype, string? station, string? attributes, double value);

internal sealed record WorldBankValue(
    WorldBankName? indicator, WorldBankName? country, string? countryiso3code, string? date, double? value, string? unit, int @decimal);

internal sealed record WorldBankName(string? id, string? value);

[JsonSerializable(typeof(PjmAnswer))]
[JsonSerializable(typeof(ErcotAnswer))]
[JsonSerializable(typeof(EiaAnswer))]
[JsonSerializable(typeof(MisoTable))]
[JsonSerializable(typeof(MisoPage))]
[JsonSerializable(typeof(IsoneAnswer))]
[JsonSerializable(typeof(AesoAnswer))]
[JsonSerializable(typeof(FredAnswer))]
[JsonSerializable(typeof(NoaaAnswer))]
[JsonSerializable(typeof(JsonElement[]))]
[JsonSerializable(typeof(List<WorldBankValue>))]
internal sealed partial class FormsJson : JsonSerializerContext;
