namespace Aurum.App.Api.Ppa;

/// <summary>The endpoints of power purchase agreements, written out.</summary>
internal static class PpaRoutes
{
    /// <summary>Tag of the endpoints in the OpenAPI document.</summary>
    public const string Tag = "power purchase agreements";

    public static void Map(IEndpointRouteBuilder v1, ApiOptions options)
    {
        TermsEndpoints.Map(v1);
        ContractEndpoints.Map(v1);
        ValuationListEndpoints.Map(v1);
        ValuationPartEndpoints.Map(v1);
        ValuateEndpoints.Map(v1, options);
    }
}
