namespace Aurum.Curves.Documents;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>More letters than this are not compared.</summary>
    private const int MaxLength = 64;

    /// <summary>The known name that takes the fewest changed letters; null where none is near.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        string? best = null;
        var least = Math.Max(2, name.Length / 3) + 1;
        foreach (var candidate in known)
        {
            var distance = Distance(name, candidate);
            if (distance < least)
            {
                (best, least) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>Letters to insert, delete or replace to get from one text to the other.</summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > MaxLength || b.Length > MaxLength)
        {
            return int.MaxValue;
        }

        Span<int> row = stackalloc int[MaxLength + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
