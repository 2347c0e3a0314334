namespace Aurum.Cluster;

/// <summary>What settings of engines are held to. What is wrong is said with the setting's name, what is expected and what was
/// found.</summary>
internal static class SettingRules
{
    /// <param name="setting">Name of the setting: <c>S3:Retries</c>.</param>
    /// <param name="value">What is set.</param>
    /// <param name="least">Least value.</param>
    /// <param name="most">Greatest value.</param>
    /// <param name="unit">Unit of it; empty: none.</param>
    /// <exception cref="ArgumentException">It is outside.</exception>
    public static void InRange(string setting, double value, double least, double most, string unit)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{setting}: expected {least:#,0.###} to {most:#,0.###} {unit}").TrimEnd()
                + FormattableString.Invariant($", found {value}"));
        }
    }

    /// <exception cref="ArgumentException">It is empty.</exception>
    public static void Filled(string setting, string value)
    {
        if (value.Length == 0)
        {
            throw new ArgumentException($"{setting}: expected a value, found none");
        }
    }

    /// <summary>An address is in errors and logs: a name and a password may not stand in it.</summary>
    /// <param name="setting">Name of the setting.</param>
    /// <param name="value">What is set.</param>
    /// <param name="example">What it looks like.</param>
    /// <exception cref="ArgumentException">It is no address of a web server, or has a name or password in it.</exception>
    public static void Http(string setting, string value, string example)
    {
        if (value.Contains('@', StringComparison.Ordinal))
        {
            throw new ArgumentException($"{setting}: expected an address without a name and a password in it, such as {example}");
        }

        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"{setting}: expected an address such as {example}, found '{value}'");
        }
    }
}
