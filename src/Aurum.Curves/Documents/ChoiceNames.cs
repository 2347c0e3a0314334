using System.Text;

namespace Aurum.Curves.Documents;

/// <summary>The values of an enumeration as documents write them: <c>pay_as_produced</c>.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public static class ChoiceNames<T>
    where T : struct, Enum
{
    private static readonly KeyValuePair<string, T>[] Known =
        [.. Enum.GetValues<T>().Select(static v => KeyValuePair.Create(Snake(v.ToString()), v))];

    /// <summary>Every name, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(static k => k.Key)];

    /// <summary>The name of a value.</summary>
    public static string Of(T value) => Snake(value.ToString());

    /// <summary>Reads a name, letter for letter.</summary>
    public static bool TryParse(string text, out T value)
    {
        foreach (var (name, known) in Known)
        {
            if (name == text)
            {
                value = known;
                return true;
            }
        }

        value = default;
        return false;
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
