using Aurum.Market.Feeds;
using Aurum.Sources.Caiso;

namespace Aurum.Tests.Sources.Caiso;

public sealed class CaisoGoldenTests
{
    private const string Folder = "Sources/Caiso";

    [Fact]
    public void Four_hours_of_the_night_of_the_clock_change_with_all_parts_and_an_unknown_column()
    {
        var file = FeedFile.FromPath(Golden.Fixture(Folder, "20251102_20251103_PRC_LMP_DAM_v12.csv"));
        Golden.Check(Golden.Fixture(Folder, "20251102_20251103_PRC_LMP_DAM_v12.golden"), Golden.Print(DayAheadLmp.Feed, file));
    }
}
