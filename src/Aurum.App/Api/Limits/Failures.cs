using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Ticks;
using Aurum.Curves.Documents;
using Aurum.Store.Engines;

namespace Aurum.App.Api.Limits;

/// <summary>The one place where a failed request becomes a problem document. A runner: it may catch everything.</summary>
internal sealed class Failures(ILogger<Failures> log)
{
    /// <summary>The client has gone; nobody reads this status (nginx's number for it).</summary>
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (RequestFormatException mistake)
        {
            await AnswerAsync(context, Problem.Of(mistake));
            return;
        }
        catch (DocumentException refused)
        {
            await AnswerAsync(context, Problem.Of(refused));
            return;
        }
        catch (BadHttpRequestException mistake)
        {
            await AnswerAsync(context,
                new Problem(mistake.StatusCode, "bad-http", "The request is not well-formed HTTP", mistake.Message));
            return;
        }
        catch (TickServiceException unavailable)
        {
            context.Response.Headers.RetryAfter = "5";
            await AnswerAsync(context,
                new Problem(StatusCodes.Status503ServiceUnavailable, "busy", "The server is busy", unavailable.Message));
            return;
        }
        catch (EngineException away) when (away.IsTransient)
        {
            Log.DatabaseAway(log, context.Request.Method, context.Request.Path, away.Reason, context.TraceIdentifier);
            context.Response.Headers.RetryAfter = "5";
            await AnswerAsync(context, Problem.DatabaseAway());
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = context.Response.HasStarted ? context.Response.StatusCode : ClientClosedRequest;
            return;
        }
#pragma warning disable CA1031 // The runner of requests: whatever went wrong ends here and is logged.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Log.RequestFailed(log, context.Request.Method, context.Request.Path, context.TraceIdentifier, fault);
            await AnswerAsync(context, Problem.Internal());
            return;
        }

        if (!context.Response.HasStarted && context.Response.StatusCode >= 400 && context.Response.ContentType is null)
        {
            await AnswerAsync(context, Problem.OfStatus(context.Response.StatusCode, context.Request));
        }
    }

    private static async Task AnswerAsync(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer is out: cut the connection, so that nobody takes it for a whole one.
            context.Abort();
            return;
        }

        var kept = context.Response.Headers.Where(h => h.Key.StartsWith("X-", StringComparison.OrdinalIgnoreCase)
            || h.Key is "Allow" or "Retry-After")
            .ToArray();
        context.Response.Clear();
        foreach (var (name, value) in kept)
        {
            context.Response.Headers[name] = value;
        }

        await problem.ExecuteAsync(context);
    }
}
