namespace Aurum.App.Api.Responses;

/// <summary>An answer whose data can be written once and sent often.</summary>
internal interface IPaged
{
    /// <summary>The answer with its data written.</summary>
    Page ToPage(HttpContext context);
}
