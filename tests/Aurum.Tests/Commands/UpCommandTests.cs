using Aurum.App.Commands;
using Aurum.App.Configuration;

namespace Aurum.Tests.Commands;

public sealed class UpCommandTests
{
    [Theory]
    [InlineData(true, false, "up", 26.0)]
    [InlineData(true, true, "up --live", 26.0)]
    [InlineData(false, true, "serve", null)]
    public void A_server_that_collects_is_not_ready_after_a_day_without_a_try(bool collects, bool isLive, string mode, double? hours)
    {
        var arguments = new UpArguments("data", null, isLive, 1, null, collects);
        var served = UpCommand.ServedBy(new AurumOptions().Checked(), arguments).Checked();
        Assert.Equal((mode, hours), (served.Mode, served.MaxLedgerAgeHours));
        var sooner = UpCommand.ServedBy(new AurumOptions { MaxLedgerAgeHours = 2.5 }.Checked(), arguments);
        Assert.Equal(collects ? 2.5 : null, sooner.MaxLedgerAgeHours);
    }
}
