using System.Text.Json;

namespace Aurum.Tests.Deploy;

/// <summary>The chart, rendered once as it is by default, and once with engines and everything else that can be switched on.</summary>
public sealed class HelmChart : IAsyncLifetime, IDisposable
{
    private const string Everything = """
        engines: { enabled: true }
        ingress: { enabled: true, tlsSecret: tls, className: nginx }
        imagePullSecrets: [ { name: pull } ]
        serviceAccount: { annotations: { example.com/role: aurum } }
        """;

    private readonly TestFolder _folder = new();

    /// <summary>All manifests, with engines.</summary>
    public IReadOnlyList<JsonElement> Manifests { get; private set; } = [];

    public string File(bool withEngines) => _folder[withEngines ? "all.yaml" : "usual.yaml"];

    public string Text(bool withEngines) => System.IO.File.ReadAllText(File(withEngines));

    public async Task InitializeAsync()
    {
        var renderer = _folder["render"];
        var (built, why) = await Deployed.Run(
            "go",
            ["build", "-o", renderer, Path.Combine(Deployed.Interop, "render.go")],
            new Dictionary<string, string>
            {
                ["GO111MODULE"] = "off",
                ["GOPATH"] = "/usr/share/gocode",
                ["GOCACHE"] = _folder["cache"],
                ["GOFLAGS"] = "",
            });
        Assert.True(built == 0, $"the renderer of charts could not be built (apt-get install golang-go, see test.sh): {why}");
        System.IO.File.WriteAllText(_folder["everything.yaml"], Everything);
        await Render(renderer, File(false));
        await Render(renderer, File(true), _folder["everything.yaml"]);
        Manifests = [.. (await Deployed.Json("manifests.mjs", File(true))).EnumerateArray()];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    private static async Task Render(string renderer, string file, params string[] values)
    {
        var (code, output) = await Deployed.Run(renderer, [Deployed.PathOf("helm", "aurum"), .. values]);
        Assert.True(code == 0, output);
        System.IO.File.WriteAllText(file, output);
    }
}
