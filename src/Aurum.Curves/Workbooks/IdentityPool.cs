using Aurum.Market.Curves;

namespace Aurum.Curves.Workbooks;

/// <summary>One object for each curve of a workbook, whose sheets name it several times: its key is hashed once.</summary>
internal sealed class IdentityPool
{
    private readonly Dictionary<(string? Location, string? Product, string? Block, string? SparkLocation), CurveIdentity> _known = [];

    /// <summary>The object that was first given for a curve of these parts.</summary>
    public CurveIdentity One(CurveIdentity identity)
    {
        if (!_known.TryAdd((identity.Location, identity.Product, identity.Block, identity.SparkLocation), identity)
            && _known[(identity.Location, identity.Product, identity.Block, identity.SparkLocation)] is var known
            && (known.AssetClass, known.Iso, known.Region, known.Market)
                == (identity.AssetClass, identity.Iso, identity.Region, identity.Market))
        {
            return known;
        }

        return identity;
    }
}
