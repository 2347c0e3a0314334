using Aurum.Curves.Documents;

namespace Aurum.Curves.Scenarios.Running;

/// <summary>What drivers lack of the inputs, each said once.</summary>
internal sealed class DriverCheck
{
    private readonly List<DocumentError> _errors = [];

    public void Refuse(string path, string expected, string found)
    {
        var error = new DocumentError(path, expected, found);
        if (!_errors.Contains(error))
        {
            _errors.Add(error);
        }
    }

    /// <exception cref="DocumentException">Anything is lacking.</exception>
    public void ThrowIfRefused()
    {
        if (_errors.Count > 0)
        {
            throw new DocumentException([.. _errors]);
        }
    }
}
