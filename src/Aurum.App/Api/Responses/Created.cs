using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Aurum.App.Api.Responses;

/// <summary>An answer about a thing that is new (201) or taken to be worked on (202), with its address.</summary>
/// <param name="Answer">The thing.</param>
/// <param name="Location">Path of the thing.</param>
/// <param name="Status">201, or 202 where it is not done yet.</param>
internal sealed record Created<T>(Answer<T> Answer, string Location, int Status = StatusCodes.Status201Created) : IResult,
    IStatusCodeHttpResult, IEndpointMetadataProvider
{
    int? IStatusCodeHttpResult.StatusCode => Status;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(
            new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(Envelope<T>), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        httpContext.Response.Headers.Location = Location;
        return Answer.ExecuteAsync(httpContext);
    }
}
