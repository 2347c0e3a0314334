using System.Text.RegularExpressions;

namespace Aurum.App.Configuration;

/// <summary>Which files of merged curves are written, for whom, and when.</summary>
internal sealed partial record CurveExportOptions
{
    public const string Csv = "csv";
    public const string Parquet = "parquet";

    /// <summary>Whether the files of an as-of date are written after each merge of it, rollbacks included.</summary>
    public bool AfterMerge { get; init; }

    /// <summary>Folder below <c>exports</c>: letters, digits, dashes and underscores.</summary>
    public string Tenant { get; init; } = "default";

    /// <summary>csv, parquet or both; empty: both.</summary>
    public IReadOnlyList<string> Formats
    {
        get => _formats.Count == 0 ? [Csv, Parquet] : _formats;
        init => _formats = value;
    }

    private readonly IReadOnlyList<string> _formats = [];

    /// <exception cref="OptionsException">A value is none of these.</exception>
    public void Check()
    {
        if (!Name().IsMatch(Tenant))
        {
            throw new OptionsException($"CurveExports:Tenant: expected letters, digits, dashes and underscores, found '{Tenant}'");
        }

        if (Formats.FirstOrDefault(f => f is not (Csv or Parquet)) is { } unknown)
        {
            throw new OptionsException($"CurveExports:Formats: expected csv or parquet, found '{unknown}'");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex Name();
}
