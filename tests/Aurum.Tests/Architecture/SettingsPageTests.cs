using Aurum.App.Configuration;

namespace Aurum.Tests.Architecture;

/// <summary>docs/configuration.md and docs/aurum.sample.json say every setting. AURUM_REWRITE_GOLDEN=1 writes both anew.</summary>
public sealed class SettingsPageTests
{
    private static readonly OptionsWorld Nothing = new(new Dictionary<string, string?>(), TimeProvider.System) { AsksVault = false };

    [Fact]
    public void The_page_is_what_the_records_of_options_say() =>
        Golden.Check(Path.Combine(Repository.Root, SettingsPage.Path), SettingsPage.Text());

    [Fact]
    public void The_sample_is_what_the_records_of_options_say() =>
        Golden.Check(Path.Combine(Repository.Root, SettingsPage.SamplePath), SettingsPage.Sample());

    [Fact]
    public void The_sample_is_a_configuration_and_has_every_setting()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder[SettingLayers.FileName], SettingsPage.Sample());
        var options = OptionsReader.Read(folder.Path, world: Nothing);
        Assert.NotNull(options.Vault);
        var said = OptionsReader.Layers(folder.Path, Nothing).Values.Keys
            .Select(static k => SettingCatalog.Instance.Find(k)?.Key ?? SettingCatalog.Instance.Find(k + ":0")?.Key).ToHashSet();
        Repository.AssertNone(
            "settings that the sample does not say", SettingCatalog.Instance.All.Select(static s => s.Key).Where(k => !said.Contains(k)));
    }

    [Fact]
    public void Every_number_has_a_range_and_every_setting_says_what_it_is() => Repository.AssertNone(
        "comments of options that lack a range such as '1 to 60 seconds'",
        SettingCatalog.Instance.All
            .Where(static s => (s.Type.IsPrimitive && s.Type != typeof(bool) && SettingsPage.NoteOf(s).Range.Length == 0)
                || SettingsPage.NoteOf(s).What.Length == 0)
            .Select(static s => $"{s.Owner.Name}.{s.Property}"));

    [Fact]
    public void Every_well_known_variable_sets_a_setting_that_there_is() => Repository.AssertNone(
        "variables that set nothing",
        WellKnownVariables.All.Where(static v => SettingCatalog.Instance.Find(v.Setting) is null)
            .Select(static v => $"{v.Name}: {v.Setting}"));

    [Fact]
    public void What_is_shown_of_settings_is_what_the_page_says() => Repository.AssertNone(
        "settings that 'aurum config show' says nothing about",
        SettingCatalog.Instance.All.Where(static s => SettingNotes.Of(s).What.Length == 0).Select(static s => s.Key));
}
