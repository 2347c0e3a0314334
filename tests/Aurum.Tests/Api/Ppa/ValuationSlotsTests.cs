using Aurum.App.Api;
using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;
using Microsoft.AspNetCore.Http;

namespace Aurum.Tests.Api.Ppa;

public sealed class ValuationSlotsTests
{
    private readonly ValuationSlots _slots = new(new ApiOptions { DataDirectory = "x", Valuations = 3, ValuationsPerTenant = 2 });
    private readonly DefaultHttpContext _context = new();

    [Fact]
    public void A_tenant_has_its_places_and_leaves_some_to_others()
    {
        using var first = _slots.Enter("acme", _context.Response);
        using var second = _slots.Enter("acme", _context.Response);
        Assert.Equal("2 that run", Refused("acme").Found);
        Assert.Equal("2", _context.Response.Headers.RetryAfter.ToString());
        using var third = _slots.Enter("zeta", _context.Response);
        Assert.StartsWith("at most 3 valuations at a time", Refused("beta").Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_is_free_again_when_it_is_left_once()
    {
        var first = _slots.Enter("acme", _context.Response);
        first.Dispose();
        first.Dispose();
        using var second = _slots.Enter("acme", _context.Response);
        using var third = _slots.Enter("acme", _context.Response);
        Assert.Equal(StatusCodes.Status429TooManyRequests, Refused("acme").Status);
    }

    private RequestFormatException Refused(string tenant) =>
        Assert.Throws<RequestFormatException>(() => _slots.Enter(tenant, _context.Response));
}
