using System.Text.RegularExpressions;

namespace Aurum.Tests.Architecture;

/// <summary>A slice (one publisher) never names another: its folder and one line in a list can be deleted, and all else
/// compiles.</summary>
public sealed class SliceTests
{
    private const string Folder = "src/Aurum.Sources/";

    private static readonly string[] Publishers =
    [
        "Caiso", "Nyiso", "Ercot", "Eia", "Ieso", "Pjm", "Miso", "Aeso", "Spp", "Fred", "Noaa", "WorldBank", "Ecb", "Isone",
    ];

    /// <summary>ERCOT's settlement point prices, which are called by the same letters as a publisher.</summary>
    private static readonly string[] Homonyms = ["DayAheadSpp", "RealTimeSpp"];

    /// <summary>Projects whose folders are slices, with the folders that serve all of them.</summary>
    private static readonly string[] SlicedProjects = ["src/Aurum.Sources", "src/Aurum.Sandbox"];

    [Fact]
    public void Every_publisher_has_its_folder() => Assert.All(
        Publishers,
        static name => Assert.Contains(Repository.SourceFiles, p => p.StartsWith(Folder + name + "/", StringComparison.Ordinal)));

    [Fact]
    public void A_slice_names_no_other_slice() => Repository.AssertNone(
        "slices that name another",
        from project in SlicedProjects
        from slice in Publishers
        from file in Repository.Sources
        where file.Path.StartsWith($"{project}/{slice}/", StringComparison.Ordinal)
        from other in Publishers.Where(p => p != slice)
        from found in Names(file, other)
        select found);

    [Fact]
    public void What_serves_all_slices_names_none()
    {
        string[] shared =
        [
            "src/Aurum.Sources/Reading/", "src/Aurum.Sources/Shapes/", "src/Aurum.Market/", "src/Aurum.Quality/", "src/Aurum.Store/",
        ];
        Repository.AssertNone(
            "shared code that names a publisher",
            from file in Repository.Sources
            where shared.Any(s => file.Path.StartsWith(s, StringComparison.Ordinal))
            from slice in Publishers
            from found in Names(file, slice)
            select found);
    }

    [Fact]
    public void Every_folder_of_the_sources_is_a_slice_or_serves_all()
    {
        var folders =
            from path in Repository.SourceFiles
            where path.StartsWith(Folder, StringComparison.Ordinal)
            let parts = path[Folder.Length..].Split('/')
            where parts.Length > 1
            select parts[0];
        Repository.AssertNone(
            "folders that this test does not know: add the publisher to its list", folders.Distinct()
                .Except([.. Publishers, "Reading", "Shapes"]));
    }

    private static IEnumerable<string> Names(CSharpFile file, string slice) =>
        Regex.Matches(file.Code, $@"\b\w*{slice}(?![a-z])\w*").Where(m => !Homonyms.Contains(m.Value))
            .Select(m => $"{file.Path}:{file.LineOf(m.Index)}: {m.Value}");
}
