namespace Aurum.Sources.Reading;

/// <summary>Finds the name that a person or a publisher probably meant.</summary>
public static class NearestName
{
    /// <summary>The candidate with the smallest edit distance; null where none is near (more than half of the name
    /// differs).</summary>
    public static string? To(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var distance = Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (candidate.Contains(name, StringComparison.OrdinalIgnoreCase)
                || name.Contains(candidate, StringComparison.OrdinalIgnoreCase))
            {
                distance = Math.Min(distance, 1);
            }

            if (candidate.Length > 0 && distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return bestDistance <= Math.Max(1, name.Length / 2) ? best : null;
    }

    private static int Distance(string a, string b)
    {
        const int Longest = 128;
        a = a.Length > Longest ? a[..Longest] : a;
        b = b.Length > Longest ? b[..Longest] : b;
        Span<int> previous = stackalloc int[Longest + 1];
        Span<int> current = stackalloc int[Longest + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }

            current[..(b.Length + 1)].CopyTo(previous);
        }

        return previous[b.Length];
    }
}
