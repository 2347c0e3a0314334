using System.Globalization;
using System.Text.Json;
using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Running;
using Aurum.Market.Time;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>Something that is true or false of a month of a curve.</summary>
public sealed record Condition
{
    private const int FirstSummerMonth = 4;
    private const int LastSummerMonth = 10;
    private const int MaxValues = 50;

    private static readonly NumberRange AnyNumber = new(-1e9, 1e9);

    public required ConditionField Field { get; init; }

    public required ConditionOperator Operator { get; init; }

    /// <summary>What it is compared with; two for <c>between</c>, any number for <c>in</c>, else one. Seasons are 0 for summer
    /// (April to
    /// October) and 1 for winter; blocks are their numbers in <see cref="Block"/>.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Of field <c>driver</c>: the driver whose delta is compared.</summary>
    public string? Driver { get; init; }

    /// <summary>The field that names <see cref="Driver"/>.</summary>
    internal string Path { get; init; } = "$";

    internal static Condition Read(DocumentReader reader)
    {
        var field = reader.Choice<ConditionField>("field");
        var isName = field is ConditionField.Season or ConditionField.Block;
        var condition = new Condition
        {
            Field = field,
            Operator = reader.ChoiceOr("operator", ConditionOperator.Eq),
            Values = ReadValues(reader, field),
            Driver = field == ConditionField.Driver ? reader.Text("driver") : null,
            Path = $"{reader.Path}.driver",
        };
        if (isName && condition.Operator is not (ConditionOperator.Eq or ConditionOperator.Ne or ConditionOperator.In))
        {
            reader.Refuse("operator", "eq, ne or in for a season or a block");
        }

        var count = condition.Values.Count;
        if (condition.Operator == ConditionOperator.Between ? count != 2 : condition.Operator != ConditionOperator.In && count != 1)
        {
            reader.Refuse("value", condition.Operator == ConditionOperator.Between ? "a list of two" : "one value");
        }

        return condition;
    }

    private static IReadOnlyList<double> ReadValues(DocumentReader reader, ConditionField field) => reader.Raw("value") switch
    {
        { ValueKind: JsonValueKind.Array } => reader.Items(
            "value", 1, MaxValues, "values", (item, path) => ValueOf(reader, item, path, field)),
        { } single => [ValueOf(reader, single, $"{reader.Path}.value", field)],
        null => Missing(reader),
    };

    private static IReadOnlyList<double> Missing(DocumentReader reader)
    {
        reader.Refuse("value", "a value to compare with");
        return [0];
    }

    private static double ValueOf(DocumentReader reader, JsonElement item, string path, ConditionField field)
    {
        var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : null;
        if (field == ConditionField.Season && text is "summer" or "winter")
        {
            return text == "winter" ? 1 : 0;
        }

        if (field == ConditionField.Block && text is not null && BlockNames.TryParse(text, out var block))
        {
            return (double)block;
        }

        var range = RangeOf(field);
        if (field is not (ConditionField.Season or ConditionField.Block) && item.ValueKind == JsonValueKind.Number
            && item.TryGetDouble(out var number) && range.Contains(number))
        {
            return number;
        }

        var expected = field switch
        {
            ConditionField.Season => "summer or winter",
            ConditionField.Block => $"a block ({string.Join(", ", BlockNames.All)})",
            _ => $"a number {range}",
        };
        reader.RefuseAt(path, expected, item.GetRawText() is { Length: <= 60 } raw ? raw : item.ValueKind.ToString());
        return 0;
    }

    private static NumberRange RangeOf(ConditionField field) => field switch
    {
        ConditionField.Month => new NumberRange(1, 12),
        ConditionField.Quarter => new NumberRange(1, 4),
        ConditionField.Year => new NumberRange(1900, 2200),
        _ => AnyNumber,
    };

    internal bool Holds(in DeliveryState at)
    {
        var value = Field switch
        {
            ConditionField.Month => at.Month.Month,
            ConditionField.Quarter => ((at.Month.Month - 1) / 3) + 1,
            ConditionField.Year => at.Month.Year,
            ConditionField.Season => at.Month.Month is >= FirstSummerMonth and <= LastSummerMonth ? 0 : 1,
            ConditionField.Block => (double)at.View.Curve.Calendar.Block,
            ConditionField.BasePrice => at.BasePrice,
            ConditionField.Price => at.Price,
            ConditionField.Driver => at.Deltas[at.Plan.PlaceOf(Driver!)],
            _ => throw new ArgumentOutOfRangeException(nameof(at), Field, "expected a field"),
        };
        return Operator switch
        {
            ConditionOperator.Eq => value == Values[0],
            ConditionOperator.Ne => value != Values[0],
            ConditionOperator.Lt => value < Values[0],
            ConditionOperator.Le => value <= Values[0],
            ConditionOperator.Gt => value > Values[0],
            ConditionOperator.Ge => value >= Values[0],
            ConditionOperator.In => Values.Contains(value),
            _ => value >= Values[0] && value <= Values[1],
        };
    }

    /// <summary>For people: <c>month in 1, 2, 12</c>.</summary>
    public override string ToString()
    {
        var names = Values.Select(v => Field switch
        {
            ConditionField.Season => v == 0 ? "summer" : "winter",
            ConditionField.Block => BlockNames.Text((Block)(int)v),
            _ => v.ToString(CultureInfo.InvariantCulture),
        });
        var of = Driver is null ? "" : $" {Driver}";
        return $"{ChoiceNames<ConditionField>.Of(Field)}{of} {ChoiceNames<ConditionOperator>.Of(Operator)} {string.Join(", ", names)}";
    }
}

/// <summary>What is compared. In text the names are lower-case with underscores: <c>base_price</c>.</summary>
public enum ConditionField
{
    /// <summary>Month of the year, 1 to 12.</summary>
    Month,

    /// <summary>Quarter of the year, 1 to 4.</summary>
    Quarter,
    Year,

    /// <summary><c>summer</c>, April to October, or <c>winter</c>.</summary>
    Season,
    Block,

    /// <summary>Price of the month before any driver, in the curve's unit.</summary>
    BasePrice,

    /// <summary>Price that the drivers before this one have left.</summary>
    Price,

    /// <summary>What another driver, that acts before this one, has added.</summary>
    Driver,
}

/// <summary>How it is compared. In text the names are lower-case.</summary>
public enum ConditionOperator
{
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    In,

    /// <summary>From the first to the second value, both included.</summary>
    Between,
}
