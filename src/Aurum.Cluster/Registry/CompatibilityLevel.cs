using Aurum.Store.Avro;

namespace Aurum.Cluster.Registry;

/// <summary>Which versions of a subject must be readable with which.</summary>
public enum CompatibilityLevel
{
    None,

    /// <summary>The new schema reads what the latest version wrote.</summary>
    Backward,

    /// <summary>The new schema reads what any version wrote.</summary>
    BackwardTransitive,

    /// <summary>The latest version reads what the new schema writes.</summary>
    Forward,

    /// <summary>All versions read what the new schema writes.</summary>
    ForwardTransitive,

    /// <summary>Both, with the latest version.</summary>
    Full,

    /// <summary>Both, with all versions.</summary>
    FullTransitive,
}

/// <summary>Names of levels, and what they ask.</summary>
public static class CompatibilityLevels
{
    private static readonly string[] Names =
        ["NONE", "BACKWARD", "BACKWARD_TRANSITIVE", "FORWARD", "FORWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE"];

    public static string Name(this CompatibilityLevel level) => Names[(int)level];

    public static bool TryParse(string name, out CompatibilityLevel level)
    {
        level = (CompatibilityLevel)Array.IndexOf(Names, name);
        return level >= 0;
    }

    public static bool IsTransitive(this CompatibilityLevel level) =>
        level is CompatibilityLevel.BackwardTransitive or CompatibilityLevel.ForwardTransitive or CompatibilityLevel.FullTransitive;

    /// <summary>What breaks a level, a sentence each; none: it holds.</summary>
    /// <param name="level">Level.</param>
    /// <param name="changed">The new schema.</param>
    /// <param name="earlier">A version that is there.</param>
    /// <param name="version">Its number.</param>
    public static IReadOnlyList<string> Check(this CompatibilityLevel level, AvroType changed, AvroType earlier, int version)
    {
        var messages = new List<string>();
        if (level is CompatibilityLevel.Backward or CompatibilityLevel.BackwardTransitive or CompatibilityLevel.Full
            or CompatibilityLevel.FullTransitive)
        {
            messages.AddRange(AvroCompatibility.Check(reader: changed, writer: earlier).Select(
                i => $"{level.Name()}: {Place(i)}: {i.Rule}: the new schema reads {i.Reader}, version {version} wrote {i.Writer}"));
        }

        if (level is CompatibilityLevel.Forward or CompatibilityLevel.ForwardTransitive or CompatibilityLevel.Full
            or CompatibilityLevel.FullTransitive)
        {
            messages.AddRange(AvroCompatibility.Check(reader: earlier, writer: changed).Select(
                i => $"{level.Name()}: {Place(i)}: {i.Rule}: version {version} reads {i.Reader}, the new schema writes {i.Writer}"));
        }

        return messages;
    }

    private static string Place(AvroIncompatibility found) => found.Path.Length == 0 ? "/" : found.Path;
}
