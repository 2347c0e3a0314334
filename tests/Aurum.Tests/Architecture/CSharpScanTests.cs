namespace Aurum.Tests.Architecture;

public sealed class CSharpScanTests
{
    [Theory]
    [InlineData("a // b\nc", "a     \nc")]
    [InlineData("a /* b\n*/ c", "a     \n   c")]
    [InlineData("""x = "a{b";""", "x =      ;")]
    [InlineData("""x = $"a{F("b}")}c" + d;""", "x =                + d;")]
    [InlineData("""x = $"{{a" + d;""", "x =        + d;")]
    [InlineData("""x = @"a\" + d;""", "x =       + d;")]
    [InlineData("""x = @"a""b" + d;""", "x =         + d;")]
    [InlineData("""x = "a\"b" + d;""", "x =        + d;")]
    [InlineData("""x = '"' + '\'' + d;""", "x =     +      + d;")]
    [InlineData("x = \"\" + d;", "x =    + d;")]
    [InlineData("x = \"\"\"\n { \"\" \n\"\"\" + d;", "x =    \n      \n    + d;")]
    public void Blanks_what_is_no_code(string text, string code) => Assert.Equal(code, CSharpBlanker.Blank(text));

    [Fact]
    public void Finds_methods_and_their_lengths()
    {
        const string Text =
            """
            namespace A;

            [Collection(nameof(B))]
            public sealed class B(int c) : D<int>(c)
            {
                private static readonly int[] Data =
                [
                    F(1),
                ];

                public int E { get; init; } = new() { F = 1 };

                [Fact]
                public int G(int h)
                {
                    if (h > 0)
                    {
                        return 1;
                    }

                    return 2;
                }

                public static B operator +(B a, B b) => a switch
                {
                    _ => b,
                };

                private readonly struct I { public void J() { } }
            }
            """;
        Assert.Equal(
            [("[Fact] public int G(int h)", 13, 10), ("public static B operator +(B a, B b) => a switch", 24, 4),
                ("public void J()", 29, 1)],
            CSharpMembers.Methods(new CSharpFile("B.cs", Text)).Select(static m => (m.Header, m.FirstLine, m.Lines)));
    }

    [Fact]
    public void Finds_types_with_their_modifiers()
    {
        const string Text =
            """
            public sealed partial class A<T> { }
            internal readonly record struct B(int C);
            enum D { }
            record E; // class F
            class G
            {
                class H;
            }
            """;
        Assert.Equal(
            ["A/True", "B/False", "D/False", "E/False", "G/False", "H/False"],
            new CSharpFile("A.cs", Text).Types.Select(static t => $"{t.Name}/{t.IsClosed}"));
        Assert.Equal(
            ["A", "E", "G", "H"], new CSharpFile("A.cs", Text).Types.Where(static t => t.IsClass).Select(static t => t.Name));
    }
}
