using Aurum.Curves.Documents;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>Checks that drivers which name each other can.</summary>
internal static class DriverNames
{
    public static void Check(IReadOnlyList<Driver> drivers, DocumentReader document)
    {
        var before = new List<string>(drivers.Count);
        foreach (var driver in drivers)
        {
            foreach (var condition in All(driver).OfType<ConditionalDriver>().SelectMany(static c => c.Conditions))
            {
                if (condition.Driver is { Length: > 0 } name && !before.Contains(name))
                {
                    var known = before.Count == 0 ? "there is none" : string.Join(", ", before);
                    document.RefuseAt(condition.Path, $"a driver of the list that acts before ({known})", name);
                }
            }

            before.Add(driver.Name);
        }

        var chances = drivers.SelectMany(All).OfType<StochasticDriver>().ToArray();
        if (document.Errors.Count > 0 || chances.Length == 0)
        {
            return;
        }

        try
        {
            Running.Copula.Factor(chances);
        }
        catch (DocumentException e)
        {
            foreach (var error in e.Errors)
            {
                document.RefuseAt(error.Path, error.Expected, error.Found);
            }
        }
    }

    private static IEnumerable<Driver> All(Driver driver) => driver.Inner.SelectMany(All).Prepend(driver);
}
