namespace Aurum.App.Caching;

/// <summary>Where answers that were made are kept for a while, so that the next one need not be made: this process' memory, or Redis for
/// several processes.</summary>
/// <remarks>A key holds the state of all that its value was made from, so that a value never becomes wrong, only unasked for. No call
/// fails: a place that does not answer has nothing and keeps nothing.</remarks>
internal interface IHotCache
{
    /// <summary>Looks for a value.</summary>
    /// <returns>Null: none, or nobody says.</returns>
    ValueTask<HotEntry?> Find(HotKey key, CancellationToken cancel);

    /// <summary>Keeps a value, if it is not too large.</summary>
    ValueTask Keep(HotKey key, ReadOnlyMemory<byte> value, TimeSpan stay, CancellationToken cancel);

    /// <summary>Asks to be the one who makes a value, for all processes.</summary>
    /// <param name="key">Key.</param>
    /// <param name="owner">Who asks: another name each time.</param>
    /// <param name="cancel">Ends it.</param>
    ValueTask<HotTurn> Claim(HotKey key, string owner, CancellationToken cancel);

    /// <summary>Gives that back.</summary>
    ValueTask Release(HotKey key, string owner, CancellationToken cancel);
}

/// <summary>What a value is of.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Resource">Name of the endpoint.</param>
/// <param name="Version">State of the tables that it is made from.</param>
/// <param name="Digest">Hash of all else that it depends on.</param>
internal readonly record struct HotKey(string Tenant, string Resource, string Version, string Digest);

/// <summary>A value that was kept.</summary>
/// <param name="Value">Not to be changed.</param>
/// <param name="Left">How long it stays.</param>
internal readonly record struct HotEntry(ReadOnlyMemory<byte> Value, TimeSpan Left);

/// <summary>Whose turn it is to make a value.</summary>
internal enum HotTurn
{
    /// <summary>One's own.</summary>
    Own,

    /// <summary>Another process makes it now.</summary>
    Others,

    /// <summary>Nobody knows: everybody makes it for himself.</summary>
    Unknown,
}
