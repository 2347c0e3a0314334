using System.Text.Json;
using Aurum.Curves.Documents;

namespace Aurum.App.Ppa.Orders;

/// <summary>The member <c>terms</c> of a document: a contract, to the byte.</summary>
internal static class OrderTerms
{
    private const string Name = "terms";
    private const string Expected = "a contract, as 'aurum ppa schema' and /v1/ppa/schema describe it";

    /// <summary>Its text; null where it is not there or no object, which is noted where it is needed.</summary>
    public static string? Read(DocumentReader document, bool isNeeded)
    {
        var terms = document.Raw(Name);
        if (terms is { ValueKind: JsonValueKind.Object } found)
        {
            return found.GetRawText();
        }

        if (terms is not null || isNeeded)
        {
            document.Refuse(Name, Expected);
        }

        return null;
    }
}
