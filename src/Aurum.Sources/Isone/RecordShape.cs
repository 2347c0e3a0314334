namespace Aurum.Sources.Isone;

/// <summary>Which records of a web service answer a feed reads, and which of their fields. JSON and XML have the same names.</summary>
/// <param name="List">Name around the records, in the plural: <c>HourlyLmps</c>.</param>
/// <param name="Record">Name of a record: <c>HourlyLmp</c>. One record comes by itself, several as a list.</param>
/// <param name="Fields">The fields that are read, addressed by their position here; at most 64.</param>
/// <param name="Ignored">Fields that the feed knows and does not need; any other is reported.</param>
internal sealed record RecordShape(
    string List, string Record, IReadOnlyList<RecordField> Fields, params IReadOnlyList<string> Ignored)
{
    /// <summary>Stands for every list in <see cref="PageList"/>.</summary>
    public const string AnyList = "*";

    /// <summary>Name of the list that holds the records in the answers that the publisher's own web pages get; empty where no page
    /// shows them.</summary>
    public string PageList { get; init; } = "";
}

/// <summary>A field of a record. Names that begin with @ are attributes in XML; $ is the text beside them.</summary>
/// <param name="Name">As the web service calls it.</param>
/// <param name="IsRequired">Whether a record without it is not what the feed documents.</param>
/// <param name="OnPages">As the publisher's web pages call it, where that is another name.</param>
internal sealed record RecordField(string Name, bool IsRequired = true, string OnPages = "")
{
    public static implicit operator RecordField(string name) => new(name);
}
