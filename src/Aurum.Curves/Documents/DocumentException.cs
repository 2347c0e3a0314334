namespace Aurum.Curves.Documents;

/// <summary>A document that cannot be used, with everything that is wrong with it.</summary>
/// <param name="errors">At least one, in the order in which fields are read; unknown fields last.</param>
public sealed class DocumentException(IReadOnlyList<DocumentError> errors) : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<DocumentError> Errors { get; } = errors;
}
