namespace Aurum.Curves.Ppa.Settling;

/// <summary>What a month of settled intervals comes to. Money is undiscounted.</summary>
public record struct SettledMonth
{
    /// <summary>Volume without any clause, MWh.</summary>
    public double Expected { get; internal set; }

    /// <summary>Volume that was delivered, MWh.</summary>
    public double Delivered { get; internal set; }

    /// <summary>Market value of the volume without any clause.</summary>
    public double Market { get; internal set; }

    /// <summary>Contract price of the volume without any clause.</summary>
    public double Payment { get; internal set; }

    /// <summary>What the buyer gets less what he pays, with the clause on low prices, without the band.</summary>
    public double BuyerNet { get; internal set; }

    /// <summary>Market value of what was delivered.</summary>
    public double MarketOfDelivered { get; internal set; }

    /// <summary>What the year's volume band changes for the buyer.</summary>
    public double BuyerBand { get; internal set; }

    /// <summary>What our side pays in fees.</summary>
    public double Fees { get; internal set; }

    /// <summary>What securing the contract costs our side.</summary>
    public double CreditCharge { get; internal set; }

    /// <summary>1 where our side buys, -1 where it sells.</summary>
    public double Sign { get; internal set; }

    /// <summary>What the clause on low prices changes for the buyer.</summary>
    public readonly double BuyerClause => BuyerNet - (Market - Payment);

    /// <summary>Money of our side.</summary>
    public readonly double Net => (Sign * (BuyerNet + BuyerBand)) - Fees - CreditCharge;
}
