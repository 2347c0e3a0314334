namespace Aurum.App.Api.Limits;

/// <summary>How many requests a client may make: counted in this process, or for all servers together.</summary>
internal interface IClientLimits
{
    /// <summary>Takes a token of the client's bucket if there is one.</summary>
    ValueTask<ClientBuckets.Decision> Take(string client, CancellationToken cancel);
}
