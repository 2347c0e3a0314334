using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Running;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>A driver of which a number is not known: it is drawn anew on every path of an ensemble.</summary>
/// <remarks>Over a base driver it draws one of that driver's numbers, or scales its effect; without one it is an effect on the
/// price. Draws
/// of two stochastic drivers are joined by the correlation of the normals behind them (a Gaussian copula).</remarks>
public sealed record StochasticDriver : Driver
{
    internal const string TypeName = "stochastic";
    internal const string EffectParameter = "effect";

    private const int MaxCorrelations = 50;

    public required Distribution Distribution { get; init; }

    /// <summary>The driver of which a number is drawn; null: the draw is the effect.</summary>
    public Driver? BaseDriver { get; init; }

    /// <summary>Which number: one that the base driver has, or <c>effect</c>.</summary>
    public string Parameter { get; init; } = EffectParameter;

    /// <summary>What the draw does to that number.</summary>
    public DrawMode Mode { get; init; }

    /// <summary>Without a base driver: whether the draw is an amount in the curve's unit or percent of the price.</summary>
    public AppliesAs AppliesAs { get; init; }

    /// <summary>How long a draw lasts.</summary>
    public DrawVaries Varies { get; init; }

    /// <summary>Correlation with other stochastic drivers, by their names: a row of the matrix. What is not there is zero.</summary>
    public IReadOnlyDictionary<string, double> Correlations { get; init; } = new Dictionary<string, double>();

    public override string Type => TypeName;

    /// <summary>Those of the base driver, with whatever number.</summary>
    public override IReadOnlyList<ReferenceNeed> References => BaseDriver is not { } driver ? []
        : Number is not { } number ? driver.References
        : [.. driver.References.Union(number.Set(driver, number.Nearest(1)).References)];

    public override IReadOnlyList<Driver> Inner => BaseDriver is { } driver ? [driver] : [];

    /// <summary>The number that is drawn; null where the draw is, or scales, an effect.</summary>
    private DriverParameter? Number => BaseDriver?.Parameters.FirstOrDefault(p => p.Name == Parameter);

    internal static StochasticDriver Read(DocumentReader payload, DriverHead head, DriverReading reading)
    {
        var inner = payload.Maybe("base_driver") is { } reader ? reading.Inner(reader, head.Scope) : null;
        var driver = new StochasticDriver
        {
            Name = head.Name,
            Path = head.Path,
            Version = head.Version,
            Scope = head.Scope,
            Distribution = Distribution.Read(payload),
            BaseDriver = inner,
            Varies = payload.ChoiceOr("varies", DrawVaries.Once),
            Correlations = ReadCorrelations(payload),
        };
        if (!payload.Has("base_driver"))
        {
            return driver with { AppliesAs = payload.ChoiceOr("applies_as", AppliesAs.Adder), Mode = DrawMode.Replace };
        }

        var names = inner is null ? [] : inner.Parameters.Select(static p => p.Name).Append(EffectParameter).ToArray();
        var parameter = inner is null ? payload.OptionalText("parameter") : payload.OneOf("parameter", names);
        if (inner is not null && !payload.Has("parameter"))
        {
            payload.Refuse("parameter", $"one of {string.Join(", ", names)}");
        }

        var usual = parameter == EffectParameter ? DrawMode.Multiply : DrawMode.Replace;
        driver = driver with { Parameter = parameter ?? EffectParameter, Mode = payload.ChoiceOr("mode", usual) };
        RefuseWhatCannotBeDrawn(payload, driver);
        return driver;
    }

    private static void RefuseWhatCannotBeDrawn(DocumentReader payload, StochasticDriver driver)
    {
        if (driver.BaseDriver is not { } inner)
        {
            return;
        }

        if (inner.HasChance)
        {
            payload.Refuse("base_driver", "a driver without chance of its own", inner.Type);
        }

        if (driver.Number is { } number && number.Get(inner) is null && (driver.Mode != DrawMode.Replace || inner is PolicyDriver))
        {
            payload.Refuse("parameter", "a number that the base driver states", $"{driver.Parameter}, which it does not");
        }

        if (inner is CarbonDriver { Reference: null } && driver.Parameter is "change_pct" or "price_per_tonne")
        {
            payload.Refuse("parameter", "a base driver with a reference_series for this number");
        }
    }

    private static Dictionary<string, double> ReadCorrelations(DocumentReader payload)
    {
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        if (payload.Maybe("correlation_matrix") is not { } row)
        {
            return found;
        }

        if (row.Names.Count > MaxCorrelations)
        {
            payload.Refuse(
                "correlation_matrix", $"at most {MaxCorrelations} names of other stochastic drivers", $"{row.Names.Count} names");
            return found;
        }

        foreach (var name in row.Names)
        {
            found[name] = row.Number(name, new NumberRange(-1, 1));
        }

        return found;
    }

    internal override bool ActsOn(CurveView view) => BaseDriver is { } driver
        ? Scope.CoversPlace(view.Curve) && driver.ActsOn(view)
        : Scope.Covers(view.Curve);

    internal override double Effect(in DeliveryState at)
    {
        if (BaseDriver is null)
        {
            var draw = at.Plan.Draw(this, at.Path, at.Month);
            return AppliesAs == AppliesAs.Adder ? draw : Math.Abs(at.Price) * draw / 100;
        }

        if (Parameter != EffectParameter)
        {
            return at.Plan.Drawn(this, at.Path, at.Month).EffectWhereCovered(at);
        }

        var effect = BaseDriver.EffectWhereCovered(at);
        return Mode switch
        {
            DrawMode.Replace => at.Plan.Draw(this, at.Path, at.Month),
            DrawMode.Add => effect + at.Plan.Draw(this, at.Path, at.Month),
            _ => effect * at.Plan.Draw(this, at.Path, at.Month),
        };
    }

    /// <summary>The base driver with the number that a draw gives it.</summary>
    /// <param name="draw">What was drawn.</param>
    /// <param name="isCut">Whether the number was outside of what it may be, and was set to the end of that.</param>
    internal Driver With(double draw, out bool isCut)
    {
        var number = Number!;
        var stated = number.Get(BaseDriver!) ?? 0;
        var value = Mode switch
        {
            DrawMode.Replace => draw,
            DrawMode.Add => stated + draw,
            _ => stated * draw,
        };
        var allowed = number.Nearest(value);
        isCut = allowed != value;
        return number.Set(BaseDriver!, allowed);
    }

    internal override void Check(CurveView view, DriverCheck check) => BaseDriver?.Check(view, check);

    internal override string Explain(ScenarioInputs inputs)
    {
        var varies = Varies == DrawVaries.Once ? "once a path" : $"every {ChoiceNames<DrawVaries>.Of(Varies)} of a path";
        var joined = string.Concat(
            Correlations.Select(static c => FormattableString.Invariant($", correlation {c.Value:0.####} with {c.Key}")));
        if (BaseDriver is not { } inner)
        {
            var unit = AppliesAs == AppliesAs.Adder ? "in the curve's unit" : "percent of the price";
            return $"a price change, {unit}, drawn {varies}, {Distribution}{joined}";
        }

        var verb = Mode switch
        {
            DrawMode.Replace => "is",
            DrawMode.Add => "has added to it",
            _ => "is multiplied by",
        };
        return $"{Parameter} of [{inner.Explain(inputs)}] {verb} a number drawn {varies}, {Distribution}{joined}";
    }
}

/// <summary>What a draw does to a number. In text the names are lower-case.</summary>
public enum DrawMode
{
    Replace,
    Add,
    Multiply,
}

/// <summary>How long a draw lasts. In text the names are lower-case.</summary>
public enum DrawVaries
{
    /// <summary>For all months of a path.</summary>
    Once,

    /// <summary>For the months of a calendar year.</summary>
    Year,

    /// <summary>For a month of delivery, on all curves.</summary>
    Month,
}
