using Aurum.Market.Curves;

namespace Aurum.Curves.Building.Calendars;

/// <summary>A line of <c>delivery-calendars.csv</c>: which curves deliver by which calendar. Fields that are empty fit all.</summary>
internal sealed record DeliveryRule(string AssetClass, string Iso, string Region, string Product, string Calendar)
{
    private const string Resource = "Aurum.Curves.Building.Calendars.delivery-calendars.csv";
    private const int Fields = 6;

    /// <summary>The list that comes with the program; its first line names the columns, the last of which is a source.</summary>
    /// <exception cref="InvalidOperationException">The list is not as it must be; it names the line.</exception>
    public static IReadOnlyList<DeliveryRule> ReadShipped()
    {
        using var stream = typeof(DeliveryRule).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource}: expected an embedded list, found none");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var rules = new List<DeliveryRule>();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(';');
            if (fields.Length != Fields)
            {
                throw new InvalidOperationException($"{Resource}:{rules.Count + 2}: expected {Fields} fields, found {fields.Length}");
            }

            rules.Add(new DeliveryRule(fields[0], fields[1], fields[2], fields[3], fields[4]));
        }

        return rules;
    }

    public bool Fits(CurveIdentity identity) =>
        Fits(AssetClass, identity.AssetClass.ToString()) && Fits(Iso, identity.Iso) && Fits(Region, identity.Region)
        && Fits(Product, identity.Product);

    private static bool Fits(string rule, string? value) => rule.Length == 0 || rule.Equals(value, StringComparison.OrdinalIgnoreCase);
}
