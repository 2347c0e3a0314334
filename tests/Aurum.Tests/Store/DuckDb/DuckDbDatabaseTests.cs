using Aurum.Store.DuckDb;

namespace Aurum.Tests.Store.DuckDb;

public sealed class DuckDbDatabaseTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_file_is_open_once_in_a_process_by_whatever_path()
    {
        var path = _folder["a.duckdb"];
        Directory.CreateSymbolicLink(_folder["link"], _folder.Path);
        using (var first = DuckDbDatabase.Open(path))
        {
            var error = Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(path));
            Assert.Contains("already open", error.Message, StringComparison.Ordinal);
            Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(_folder["link/a.duckdb"]));
            Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(_folder["x/../a.duckdb"]));
        }

        using var again = DuckDbDatabase.Open(path);
        Assert.False(again.IsClosed);
    }

    [Fact]
    public void A_file_that_is_not_a_database_is_refused_and_can_be_tried_again()
    {
        File.WriteAllText(_folder["bad.duckdb"], new string('x', 8192));
        Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(_folder["bad.duckdb"]));
        File.Delete(_folder["bad.duckdb"]);
        using var database = DuckDbDatabase.Open(_folder["bad.duckdb"]);
        Assert.False(database.IsClosed);
    }

    [Fact]
    public void An_unknown_option_is_named()
    {
        var error = Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(":memory:", [new("no_such_option", "1")]));
        Assert.Contains("no_such_option", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_of_every_length_numbers_and_unknowns_pass_through_an_appender()
    {
        using var database = DuckDbDatabase.Open(":memory:");
        using var connection = database.Connect();
        connection.Execute("CREATE TABLE t (s VARCHAR, d DOUBLE, i BIGINT)");
        var texts = Enumerable.Range(0, 5000).Select(n => new string((char)('a' + (n % 26)), n % 40)).ToArray();
        using (var appender = connection.Append("t"))
        {
            var row = 0;
            for (var n = 0; n < texts.Length; n++)
            {
                appender.SetText(0, row, System.Text.Encoding.UTF8.GetBytes(texts[n]));
                appender.Doubles(1)[row] = n / 3.0;
                appender.Longs(2)[row] = n;
                if (n % 7 == 0)
                {
                    appender.SetNull(1, row);
                }

                if (++row == DuckDbAppender.Capacity)
                {
                    appender.Push(row);
                    row = 0;
                }
            }

            appender.Push(row);
            appender.Finish();
        }

        using var select = connection.Prepare("SELECT s, d, i FROM t ORDER BY i");
        using var rows = select.Query();
        var read = 0;
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++, read++)
            {
                Assert.Equal(texts[read], rows.String(0, i));
                Assert.Equal(read % 7 == 0, rows.IsNull(1, i));
                Assert.True(rows.IsNull(1, i) || rows.Double(1, i) == read / 3.0);
            }
        }

        Assert.Equal(texts.Length, read);
    }

    [Fact]
    public void An_appender_that_is_not_finished_writes_nothing()
    {
        using var database = DuckDbDatabase.Open(":memory:");
        using var connection = database.Connect();
        connection.Execute("CREATE TABLE t (i BIGINT)");
        using (var appender = connection.Append("t"))
        {
            appender.Longs(0)[0] = 1;
            appender.Push(1);
        }

        Assert.Equal(0, connection.Execute("DELETE FROM t"));
    }

    [Fact]
    public void An_error_names_the_statement()
    {
        using var database = DuckDbDatabase.Open(":memory:");
        using var connection = database.Connect();
        var error = Assert.Throws<DuckDbException>(() => connection.Prepare("SELECT no_such FROM nothing"));
        Assert.Contains("SELECT no_such FROM", error.Message, StringComparison.Ordinal);
        Assert.Throws<DuckDbException>(() => connection.Append("nothing"));
    }

    [Fact]
    public void Nothing_is_used_after_its_connection_is_closed()
    {
        using var database = DuckDbDatabase.Open(":memory:");
        var connection = database.Connect();
        connection.Dispose();
        Assert.Throws<ObjectDisposedException>(() => connection.Execute("SELECT 1"));
    }
}
