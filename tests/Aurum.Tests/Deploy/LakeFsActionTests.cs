using Aurum.App.Configuration;
using YamlDotNet.Serialization;

namespace Aurum.Tests.Deploy;

/// <summary>The action for lakeFS asks the program where it answers.</summary>
public sealed class LakeFsActionTests
{
    [Fact]
    public void The_action_asks_before_merges_to_main_at_the_programs_path_with_a_token_of_the_environment()
    {
        var action = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(
            File.ReadAllText(Deployed.PathOf("lakefs", "aurum-gate.yaml")));

        var on = Map(Map(action["on"])["pre-merge"]);
        Assert.Equal(["main"], (List<object>)on["branches"]);
        var hook = Map(Assert.Single((List<object>)action["hooks"]));
        Assert.Equal("webhook", hook["type"]);
        var properties = Map(hook["properties"]);
        var address = new Uri((string)properties["url"]);
        Assert.Equal("/v1/lakefs/pre-merge", address.AbsolutePath);
        Assert.Equal(new AurumOptions().Port, address.Port);

        // lakeFS gives no other variables away.
        Assert.Equal("Bearer {{ ENV.LAKEFSACTIONS_AURUM_TOKEN }}", Map(properties["headers"])["Authorization"]);
    }

    private static Dictionary<string, object> Map(object node) =>
        ((Dictionary<object, object>)node).ToDictionary(static p => (string)p.Key, static p => p.Value, StringComparer.Ordinal);
}
