using Aurum.Curves.Documents;

namespace Aurum.Curves.Ppa.Terms;

/// <summary>Reads where a contract is settled.</summary>
internal static class PointReader
{
    public static DeliveryPoint Read(DocumentReader point)
    {
        var kind = point.Choice<PointKind>("type");
        var name = point.Text("name");
        if (kind == PointKind.Hub)
        {
            if (point.OptionalChoice<PointKind>("type") is null)
            {
                point.Forgive();
            }

            return new DeliveryPoint(kind, name, Basis.None);
        }

        return new DeliveryPoint(kind, name, ReadBasis(point.At("basis")));
    }

    private static Basis ReadBasis(DocumentReader basis)
    {
        var kind = basis.Choice<BasisKind>("type");
        if (basis.OptionalChoice<BasisKind>("type") is null)
        {
            basis.Forgive();
            return Basis.None;
        }

        return kind switch
        {
            BasisKind.ByMonth => new Basis(kind, 0, basis.Numbers("amounts", 12, 12, Ranges.Basis), []),
            BasisKind.Curve => new Basis(kind, 0, [], ReadMonths(basis)),
            _ => new Basis(kind, basis.Number("amount", Ranges.Basis), [], []),
        };
    }

    private static IReadOnlyList<MonthAmount> ReadMonths(DocumentReader basis)
    {
        var months = basis.List("months", 0, 600, static m => new MonthAmount(m.Month("month"), m.Number("amount", Ranges.Basis)));
        for (var i = 1; i < months.Count; i++)
        {
            if (months[i].Month.CompareTo(months[i - 1].Month) <= 0)
            {
                basis.RefuseAt(
                    $"{basis.Path}.months[{i}].month", $"a month after {months[i - 1].Month:uuuu-MM}", $"'{months[i].Month:uuuu-MM}'");
            }
        }

        return months;
    }
}
