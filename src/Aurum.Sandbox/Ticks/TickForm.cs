namespace Aurum.Sandbox.Ticks;

/// <summary>How a made-up stream is written.</summary>
public enum TickForm
{
    /// <summary>JSON lines, flat envelope.</summary>
    ContractB,

    /// <summary>JSON lines, envelope and payload.</summary>
    ContractA,

    Csv,

    Binary,
}
