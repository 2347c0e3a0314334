namespace Aurum.Curves.Documents;

/// <summary>What is wrong with a document so far; one list for all its readers.</summary>
internal sealed class DocumentErrors(DocumentLimits limits)
{
    private readonly List<DocumentError> _all = [];
    private int _more;

    public IReadOnlyList<DocumentError> All => _more == 0
        ? _all
        : [.. _all, new DocumentError("$", $"at most {limits.MaxErrors} errors", $"{_more} more than are listed")];

    public void Add(DocumentError error)
    {
        if (_all.Count >= limits.MaxErrors)
        {
            _more++;
        }
        else if (!_all.Contains(error))
        {
            _all.Add(error);
        }
    }
}
