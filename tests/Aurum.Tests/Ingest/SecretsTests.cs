using Aurum.App.Configuration;
using Aurum.App.Ingest;

namespace Aurum.Tests.Ingest;

public sealed class SecretsTests
{
    [Fact]
    public void The_environment_comes_before_the_file()
    {
        using var folder = new TestFolder();
        var file = Write(folder, "# a comment\n\neia-api-key = of the file\nercot-token=t=with=signs\n");

        var secrets = Secrets.Load(file, new Dictionary<string, string?>
        {
            ["AURUM_EIA_API_KEY"] = "of the environment", ["AURUM_EMPTY"] = "", ["HOME"] = "x",
        });

        Assert.True(secrets.TryGet("eia-api-key", out var key));
        Assert.Equal("of the environment", key);
        Assert.True(secrets.TryGet("ercot-token", out var token));
        Assert.Equal("t=with=signs", token);
        Assert.False(secrets.TryGet("empty", out _));
        Assert.False(secrets.TryGet("home", out _));
    }

    [Fact]
    public void A_file_that_others_may_read_is_refused()
    {
        using var folder = new TestFolder();
        var file = Write(folder, "a=b");
        if (!OperatingSystem.IsWindows())
        {
            UnixFileMode[] all =
                [UnixFileMode.GroupRead, UnixFileMode.GroupWrite, UnixFileMode.OtherRead, UnixFileMode.OtherWrite];
            foreach (var others in all)
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
                var error = Assert.Throws<OptionsException>(() => Secrets.Load(file, new Dictionary<string, string?>()));
                Assert.Contains("chmod 600", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_line_that_names_nothing_is_refused_by_number_and_not_shown()
    {
        using var folder = new TestFolder();
        var file = Write(folder, "a=b\nsecret text\n");

        var error = Assert.Throws<OptionsException>(() => Secrets.Load(file, new Dictionary<string, string?>()));

        Assert.Contains(":2:", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret text", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_is_no_secret() =>
        Assert.False(Secrets.Load(null, new Dictionary<string, string?>()).TryGet("a", out _));

    [Fact]
    public void A_file_that_is_named_and_not_there_is_refused()
    {
        using var folder = new TestFolder();
        var error = Assert.Throws<OptionsException>(() => Secrets.Load(folder["none"], new Dictionary<string, string?>()));
        Assert.Equal($"SecretsFile: there is no file '{folder["none"]}'", error.Message);
    }

    [Fact]
    public void The_variable_of_a_secret_has_its_name_in_capitals() =>
        Assert.Equal("AURUM_EIA_API_KEY", Secrets.VariableOf("eia-api-key"));

    private static string Write(TestFolder folder, string text)
    {
        var file = folder["secrets"];
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return file;
    }
}
