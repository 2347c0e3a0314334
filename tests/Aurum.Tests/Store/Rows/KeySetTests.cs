using Aurum.Store.Rows;

namespace Aurum.Tests.Store.Rows;

public sealed class KeySetTests
{
    [Fact]
    public void Distinct_keys_prove_themselves_and_a_repeat_shows()
    {
        var keys = new KeySet();
        var hashes = Enumerable.Range(0, 50_000).Select(i => KeySet.Mix(KeySet.Mix(0, "NODE"u8), (ulong)i)).ToArray();
        keys.Add(hashes);
        Assert.False(keys.MayRepeat);

        keys.Add(hashes.AsSpan(123, 1));
        Assert.True(keys.MayRepeat);
    }

    [Theory]
    [InlineData("", "a")]
    [InlineData("abcdefgh", "abcdefgi")]
    [InlineData("abcdefghi", "abcdefgh")]
    [InlineData("a\0", "a")]
    public void Different_texts_have_different_hashes(string left, string right) => Assert.NotEqual(
        KeySet.Mix(0, System.Text.Encoding.UTF8.GetBytes(left)),
        KeySet.Mix(0, System.Text.Encoding.UTF8.GetBytes(right)));
}
