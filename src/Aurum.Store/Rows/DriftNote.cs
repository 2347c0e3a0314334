using Aurum.Store.Archive;

namespace Aurum.Store.Rows;

/// <summary>Something about a delivery that differs from what its feed brought before.</summary>
/// <param name="File">The file that shows it.</param>
/// <param name="Kind">What happened, a word with hyphens: <c>new-column</c>, <c>lost-column</c>, <c>other-kind</c>, <c>new-places</c>,
/// <c>lost-places</c>.</param>
/// <param name="Subject">The column, or how many places.</param>
/// <param name="Expected">As it was.</param>
/// <param name="Found">As it is now.</param>
public sealed record DriftNote(FileRecord File, string Kind, string Subject, string Expected, string Found);

/// <summary>What is known of the form of a feed's files.</summary>
/// <param name="Form">Kind of file: a feed may have several.</param>
/// <param name="Columns">JSON: one array a column, its name and the number of its kind.</param>
/// <param name="IsWhole">Whether a file was read to its end.</param>
public sealed record FeedShape(string Form, string Columns, bool IsWhole);
