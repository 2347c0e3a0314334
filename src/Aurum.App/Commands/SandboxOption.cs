using System.CommandLine;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;

namespace Aurum.App.Commands;

/// <summary><c>--sandbox</c>: ask the built-in publishers of a made-up world instead of the real ones.</summary>
internal static class SandboxOption
{
    /// <summary>The world that is used where none is named.</summary>
    public const ulong DefaultSeed = 1;

    /// <summary>The sandbox has no reason to be asked slowly.</summary>
    private const double RequestsPerMinute = 6_000;

    public static Option<bool> Create() => new("--sandbox")
    {
        Description = "ask the built-in sandbox publishers instead of the real ones",
    };

    public static Option<ulong> CreateSeed(string description) => new("--seed")
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = static _ => DefaultSeed,
    };

    /// <summary>Starts the publishers on free loopback ports; does nothing where they are not wanted.</summary>
    public static async Task<RunningSandbox> Start(
        bool isWanted, CommandConsole console, CancellationToken cancel, ulong seed = DefaultSeed, WorldOptions? options = null)
    {
        if (!isWanted)
        {
            return new RunningSandbox(null, null);
        }

        var network = new SandboxNetwork(new World(seed, options));
        var server = await SandboxServer.StartAsync(network, () => console.Now, console.Time, static _ => 0, cancel);
        return new RunningSandbox(network, server);
    }

    /// <summary>Publishers that run while a command does.</summary>
    internal sealed class RunningSandbox(SandboxNetwork? network, SandboxServer? server) : IAsyncDisposable
    {
        /// <summary>The platform's outside: the sandbox takes any secret, and gets none of the real ones.</summary>
        public PlatformWorld World(CommandConsole console, string holder) =>
            new(console.Time, holder)
            {
                Secrets = server is null ? null : Secrets.OfSandbox,
                Tell = console.Note,
                Feeds = network is null ? null : [.. FeedCatalog.All.Where(f => network.Truth.Feeds.Contains(f.Id))],
            };

        /// <summary>Points every site whose publisher the sandbox has at it; leaves the options alone where no sandbox runs.</summary>
        public AurumOptions Point(AurumOptions options)
        {
            if (server is null)
            {
                return options;
            }

            var sites = FeedCatalog.Sites.Where(site => server.Addresses.ContainsKey(site.Name.Split('-')[0])).ToDictionary(
                site => site.Name,
                site => new SiteOptions
                {
                    BaseAddress = server.BaseAddress(site),
                    RequestsPerMinute = RequestsPerMinute,
                    Concurrency = 4,
                });
            foreach (var (name, site) in options.Sites)
            {
                sites[name] = site with { BaseAddress = site.BaseAddress ?? sites.GetValueOrDefault(name)?.BaseAddress };
            }

            return options with { Sites = sites };
        }

        public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
