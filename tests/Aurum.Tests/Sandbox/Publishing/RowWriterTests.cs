using System.Text;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Publishing;

namespace Aurum.Tests.Sandbox.Publishing;

public sealed class RowWriterTests
{
    [Theory]
    [InlineData(2323602, 5, true, "23.23602")]
    [InlineData(-11900000, 5, true, "-119")]
    [InlineData(-50, 2, false, "-0.50")]
    [InlineData(-50, 2, true, "-0.5")]
    [InlineData(0, 5, true, "0")]
    [InlineData(0, 2, false, "0.00")]
    [InlineData(7, 0, false, "7")]
    [InlineData(100, 2, true, "1")]
    public void Decimals_are_written_as_publishers_write_them(long units, int decimals, bool cutZeros, string expected) =>
        Assert.Equal(expected, Written(RowForm.CsvLf, Tampering.None, writer => writer.Fixed(units, decimals, cutZeros)));

    [Fact]
    public void Rows_in_a_list_are_separated_whatever_row_is_left_out()
    {
        for (var draw = 0UL; draw < 40; draw++)
        {
            var text = Written(RowForm.JsonArrays, new Tampering(new Fault(FaultKind.MissingInterval, draw)), writer =>
            {
                for (var i = 0; i < 12; i++)
                {
                    writer.Begin(i);
                    writer.Whole(i);
                    writer.End();
                }
            });
            Assert.InRange(System.Text.Json.JsonDocument.Parse($"[{text}]").RootElement.GetArrayLength(), 11, 12);
        }
    }

    [Fact]
    public void A_contradiction_repeats_the_row_with_another_value()
    {
        var text = Written(RowForm.CsvLf, new Tampering(new Fault(FaultKind.ConflictingRows, 1)), writer =>
        {
            writer.Begin(0);
            writer.Text("a,"u8);
            writer.Value();
            writer.Fixed(-525, 2, cutZeros: true);
            writer.Text(",b"u8);
            writer.End();
        });
        Assert.Equal("a,-5.25,b\na,-15.25,b\n", text);
    }

    private static string Written(RowForm form, Tampering tampering, Action<RowWriter> write)
    {
        using var stream = new MemoryStream();
        var writer = new RowWriter(stream, form, tampering);
        write(writer);
        writer.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
