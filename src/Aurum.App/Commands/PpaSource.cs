using Aurum.App.Api.Requests;
using Aurum.App.Ppa;
using Aurum.App.Running;
using Aurum.Store;

namespace Aurum.App.Commands;

/// <summary>Where contracts are kept and valued: the data directory, or the server that has it open.</summary>
/// <param name="DataDirectory">Folder of all state.</param>
/// <param name="Tenant">Whose contracts.</param>
/// <param name="Console">Clock.</param>
internal sealed record PpaSource(string DataDirectory, string Tenant, CommandConsole Console)
{
    /// <summary>Asks the desk of the directory, or the server.</summary>
    /// <exception cref="CommandException">Nothing is there, or what is asked cannot be done; says why.</exception>
    public async Task<T> Ask<T>(
        Func<PpaDesk, AurumStore, T> direct, Func<RemotePpa, Task<T>> through, CancellationToken cancel)
    {
        try
        {
            TenantChoice.Checked("--tenant", Tenant);
            return await SqlSource.Ask(
                DataDirectory,
                store => direct(new PpaDesk(store, new ProviderClock(Console.Time)), store),
                async server =>
                {
                    using var remote = new RemotePpa(server, Tenant);
                    return await through(remote);
                },
                Console,
                cancel);
        }
        catch (RequestFormatException mistake)
        {
            throw new CommandException(
                mistake.Status == StatusCodes.Status404NotFound ? ExitCodes.Failed : ExitCodes.BadInput, mistake.Message);
        }
    }
}
