namespace Aurum.Market.Text;

/// <summary>Finds the known name that a person or a publisher probably meant.</summary>
public static class NearestName
{
    /// <summary>Letters that are compared; what two names differ in lies in front.</summary>
    private const int MaxLetters = 128;

    /// <summary>Shortest text whose mere occurrence in a name says that the name is meant.</summary>
    private const int MinPartLetters = 3;

    private const int LettersOfPart = 2;

    /// <summary>The name with the fewest letters to change, insert or drop, case aside; one that contains the text, or is
    /// contained in it, counts as two letters away.</summary>
    /// <returns>Null where more than a third of a name's letters, and more than two, differ.</returns>
    public static string? To(string found, IEnumerable<string> names)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var name in names)
        {
            var distance = Distance(found, name);
            if (IsPart(found, name))
            {
                distance = Math.Min(distance, LettersOfPart);
            }

            if (distance < bestDistance && distance <= Math.Max(2, name.Length / 3) && distance < name.Length)
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return best;
    }

    private static bool IsPart(string found, string name) =>
        Math.Min(found.Length, name.Length) >= MinPartLetters
        && (name.Contains(found, StringComparison.OrdinalIgnoreCase) || found.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a[..Math.Min(a.Length, MaxLetters)];
        b = b[..Math.Min(b.Length, MaxLetters)];
        Span<int> previous = stackalloc int[MaxLetters + 1];
        Span<int> current = stackalloc int[MaxLetters + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }

            current.CopyTo(previous);
        }

        return previous[b.Length];
    }
}
