using System.Text;
using Aurum.Curves.Documents;
using Aurum.Curves.Ppa.Terms;

namespace Aurum.App.Ppa.Orders;

/// <summary>Contracts out of the text that holds them.</summary>
internal static class ContractText
{
    /// <param name="terms">JSON.</param>
    /// <param name="root">Where the terms stand in what the user wrote: paths of errors begin with it.</param>
    /// <exception cref="DocumentException">Anything is wrong with them: all faults at once.</exception>
    public static PpaContract Read(string terms, string root = "$")
    {
        try
        {
            return PpaContractReader.Read(Encoding.UTF8.GetBytes(terms));
        }
        catch (DocumentException refused) when (root != "$")
        {
            throw new DocumentException([.. refused.Errors.Select(e => e with { Path = root + e.Path[1..] })]);
        }
    }
}
