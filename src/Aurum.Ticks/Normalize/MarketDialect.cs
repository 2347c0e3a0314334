using System.Text;
using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Ticks.Normalize;

/// <summary>How one market's systems name their fields, on which clock they run, and what their prices usually are.</summary>
/// <param name="Code">Upper-case code: <c>CAISO</c>.</param>
/// <param name="Zone">The market's clock: of local times, and of days.</param>
/// <param name="Currency">Of prices that name none.</param>
/// <param name="Prices">Usual prices, in its currency per MWh; others are flagged.</param>
/// <param name="MostVolume">Largest usual volume, MWh.</param>
public sealed record MarketDialect(string Code, DateTimeZone Zone, string Currency, (double Least, double Most) Prices, double MostVolume)
{
    private const int LongestName = 64;

    private readonly Utf8Table<Role> _roles = new();

    /// <summary><see cref="Code"/> as UTF-8.</summary>
    internal byte[] CodeUtf8 { get; } = Encoding.UTF8.GetBytes(Code);

    internal byte[] CurrencyUtf8 { get; } = Encoding.UTF8.GetBytes(Currency);

    /// <summary>Whether the market is one of the list.</summary>
    public bool IsKnown => Code.Length > 0;

    /// <param name="role">What the fields say.</param>
    /// <param name="names">Lower-case names; other cases mean the same.</param>
    internal MarketDialect With(RawRole role, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _roles.Add(Encoding.UTF8.GetBytes(name), new Role(role));
        }

        return this;
    }

    /// <summary>What a field says, by the names of every market first and then by this one's.</summary>
    internal RawRole RoleOf(ReadOnlySpan<byte> name)
    {
        if (RawRoles.Of(name) is { } common)
        {
            return common;
        }

        Span<byte> lower = stackalloc byte[LongestName];
        if (name.Length > LongestName || Ascii.ToLower(name, lower, out var length) != System.Buffers.OperationStatus.Done)
        {
            return RawRole.Ignored;
        }

        lower = lower[..length];
        return _roles.TryGet(lower, out var role) ? role.Value : RawRoles.Of(lower) ?? RawRole.Ignored;
    }

    private sealed record Role(RawRole Value);
}
