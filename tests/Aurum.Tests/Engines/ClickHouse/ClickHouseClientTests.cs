using System.Text;
using Aurum.Cluster;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.ClickHouse.Wire;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Engines.Vault;

namespace Aurum.Tests.Engines.ClickHouse;

[Collection(ClickHouseCollection.Name)]
public sealed class ClickHouseClientTests(ClickHouseServer server)
{
    private const string Types = """
        i8 Int8, i16 Int16, i32 Int32, i64 Int64, u8 UInt8, u16 UInt16, u32 UInt32, u64 UInt64, f64 Float64, s String, d Date,
        t DateTime('UTC'), n Nullable(Float64), ns Nullable(String), a Array(String), e Enum8('buy' = 1, 'sell' = 2)
        """;

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    public async Task Values_of_every_type_come_back_and_the_servers_own_client_reads_them(string compression)
    {
        using var client = Open(server.NewOptions() with { Compression = compression });
        var table = await Table(client, "types", Types);
        using var block = OfTypes();
        await client.Insert(table, block, CancellationToken.None);
        var printed = await server.Client($"SELECT * FROM {table} ORDER BY s FORMAT TSV");
        const string Escaped = @"it\'s\ta\\\n\'text\'";
        string[] first =
        [
            "7", "7", "7", "7", "7", "7", "7", "7", "0.3333333333333333", "Zürich", "2024-10-04", "2025-11-13 02:13:20", @"\N", @"\N",
            "['Zürich','b']", "sell",
        ];
        string[] second =
        [
            "-1", "-1", "-1", "-1", "255", "65535", "4294967295", "18446744073709551615", "0.3333333333333333", Escaped, "2024-10-04",
            "2025-11-13 02:13:20", "-0.5", Escaped, $"['{Escaped}','b']", "sell",
        ];
        Assert.Equal($"{string.Join('\t', first)}\n{string.Join('\t', second)}\n", printed);
        var read = await client.Rows($"SELECT * FROM {table} ORDER BY s", Line, CancellationToken.None);
        Assert.Equal(
            [
                "7 7 7 7 7 7 7 7 0.3333333333333333 Zürich 20000 1763000000 NaN ? Zürich,b 2",
                "-1 -1 -1 -1 255 65535 4294967295 -1 0.3333333333333333 it's\ta\\\n'text' 20000 1763000000 -0.5 it's\ta\\\n'text' "
                    + "it's\ta\\\n'text',b 2",
            ],
            read);
    }

    [Fact]
    public async Task A_new_password_of_Vault_is_used_by_the_next_request_and_the_old_one_is_refused()
    {
        await server.Turn("one");
        using var vault = new TurningVault(("CLICKHOUSE_PASSWORD", "one"));
        var options = server.NewOptions() with { User = ClickHouseServer.Turning, Password = "one" };
        using var client = Open(options.With(vault.Secrets));
        await client.Execute($"CREATE DATABASE {options.Database}", CancellationToken.None);
        var table = $"{options.Database}.numbers";
        await client.Execute($"CREATE TABLE {table} (n Int64) ENGINE = Memory", CancellationToken.None);
        await server.Turn("two");
        vault.Turn("CLICKHOUSE_PASSWORD", "two");
        using var block = new NativeBlock([("n", "Int64")]);
        block.Columns[0].Add(7L);
        await client.Insert(table, block, CancellationToken.None);
        await client.Execute($"INSERT INTO {table} VALUES (8)", CancellationToken.None);
        Assert.Equal("7\n8\n", await server.Client($"SELECT n FROM {table} ORDER BY n"));
        Assert.Equal(2, vault.Reads);
        using var old = Open(options);
        var refused = await Assert.ThrowsAsync<ClickHouseException>(() => old.Version(CancellationToken.None));
        Assert.True(refused.IsLogin);
    }

    [Fact]
    public async Task Names_go_as_a_dictionary_where_the_server_knows_that()
    {
        using var client = Open(server.NewOptions());
        var database = client.Options.Database;
        await client.Execute($"CREATE DATABASE {database}", CancellationToken.None);
        await server.Client(
            $"CREATE TABLE {database}.names (n Int64, name LowCardinality(String)) ENGINE = MergeTree() ORDER BY n", settings:
            "--allow_experimental_low_cardinality_type=1");
        using var block = new NativeBlock([("n", "Int64"), ("name", "LowCardinality(String)")]);
        for (var i = 0L; i < 1_000; i++)
        {
            block[0].Add(i);
            block[1].Add(Encoding.UTF8.GetBytes($"market {i % 7}"));
        }

        var table = ClickHouseSql.Table(database, "names");
        await client.Insert(table, block, CancellationToken.None);
        Assert.Equal(
            "market 5\t143\n", await server.Client($"SELECT name, count() FROM {table} GROUP BY name ORDER BY name LIMIT 5, 1"));
        var read = await client.Rows(
            $"SELECT n, name FROM {table} ORDER BY n",
            static (r, i) => (r[0].Whole(i), ClickHouseClient.Text(r, 1, i)),
            CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => ((long)i, $"market {i % 7}")), read);
    }

    [Fact]
    public async Task Errors_have_the_servers_code_and_words_and_no_password()
    {
        using var client = Open(server.NewOptions());
        var missing = await Assert.ThrowsAsync<ClickHouseException>(
            () => client.Execute("SELECT 1 FROM nowhere.nothing", CancellationToken.None));
        Assert.Equal(81, missing.Code);
        Assert.Equal("ClickHouse: SELECT 1 FROM nowhere.nothing: Database nowhere doesn't exist (code 81)", missing.Message);

        var table = await Table(client, "wrong", "n Int64");
        using var block = new NativeBlock([("n", "Int32")]);
        block[0].Add(1L);
        var wrong = await Assert.ThrowsAsync<ClickHouseException>(() => client.Insert(table, block, CancellationToken.None));
        Assert.Contains("Bad cast", wrong.Message);
        Assert.False(wrong.MayPass);

        using var stranger = Open(server.NewOptions() with { Password = "sesame" });
        var refused = await Assert.ThrowsAsync<ClickHouseException>(() => stranger.Version(CancellationToken.None));
        Assert.True(refused.IsRefused);
        Assert.DoesNotContain("sesame", refused.ToString());
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_told_by_its_number()
    {
        using var client = Open(server.NewOptions());
        var table = await Table(client, "rows", "n Int64, s String");
        var wrong = await Assert.ThrowsAsync<ClickHouseException>(() => client.Execute(
            $"INSERT INTO {table} FORMAT TabSeparated\n1\ta\n2\tb\nthree\tc\n", CancellationToken.None));
        Assert.Equal(27, wrong.Code);
        Assert.Equal(3, wrong.Row);
    }

    [Fact]
    public async Task Who_may_only_read_or_has_asked_enough_is_told_so()
    {
        using var reader = Open(server.NewOptions() with { User = ClickHouseServer.Reader, Password = "" });
        var only = await Assert.ThrowsAsync<ClickHouseException>(() => reader.Execute("CREATE DATABASE mine", CancellationToken.None));
        Assert.Equal(164, only.Code);
        Assert.True(only.IsRefused);
        Assert.False(only.MayPass);
        var found = await ClickHouseCheck.Run(reader.Options, CancellationToken.None);
        Assert.Contains(found, f => f.State == EngineState.Failed && f.What.Contains("may only read", StringComparison.Ordinal));

        using var limited = Open(server.NewOptions() with { User = ClickHouseServer.Limited, Password = "" });
        var spent = await Assert.ThrowsAsync<ClickHouseException>(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                await limited.Version(CancellationToken.None);
            }
        });
        Assert.Equal(201, spent.Code);
        Assert.True(spent.IsRefused);
    }

    [Fact]
    public async Task A_query_that_is_canceled_or_too_slow_ends_at_the_server_too()
    {
        using var client = Open(server.NewOptions() with { RequestTimeoutSeconds = 0.3 });
        var slow = await Assert.ThrowsAsync<ClickHouseException>(() => client.Execute(
            "SELECT count() FROM system.numbers WHERE number = 11", CancellationToken.None));
        Assert.Contains("within 0.3 s, found none", slow.Message);
        Assert.True(slow.MayPass);

        using var patient = Open(server.NewOptions());
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => patient.Execute(
            "SELECT count() FROM system.numbers WHERE number = 12", stop.Token));
        for (var running = 1L; running > 0;)
        {
            running = (await patient.Rows(
                "SELECT count() FROM system.processes WHERE query LIKE '%system.numbers WHERE number%' AND query NOT LIKE '%processes%'",
                static (r, i) => r[0].Whole(i),
                CancellationToken.None))[0];
        }
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_refused()
    {
        using var client = Open(server.NewOptions() with { MaxResponseMiB = 1 });
        var large = await Assert.ThrowsAsync<ClickHouseException>(() => client.Rows(
            "SELECT number FROM system.numbers LIMIT 200000", static (r, i) => r[0].Whole(i), CancellationToken.None));
        Assert.Contains("at most 1048576 bytes", large.Message);
    }

    [Fact]
    public async Task Many_rows_are_sent_in_one_insert_and_counted_by_the_servers_own_client()
    {
        using var client = Open(server.NewOptions());
        var table = await Table(client, "many", "n Int64, x Float64");
        using var block = new NativeBlock([("n", "Int64"), ("x", "Float64")]);
        await client.Insert(
            table,
            block.Columns,
            async (to, cancel) =>
            {
                for (var piece = 0; piece < 5; piece++)
                {
                    block.Clear();
                    block[0].Add(Enumerable.Range(piece * 100_000, 100_000).Select(static n => (long)n).ToArray());
                    block[1].Add(Enumerable.Range(0, 100_000).Select(static n => n / 4.0).ToArray());
                    await block.Send(to, cancel);
                }
            },
            CancellationToken.None);
        Assert.Equal("500000\t499999\t6249937500\n", await server.Client($"SELECT count(), max(n), sum(x) FROM {table}"));
    }

    internal static ClickHouseClient Open(ClickHouseOptions options) =>
        new(options, TimeProvider.System, new Random(options.GetHashCode()));

    private static async Task<string> Table(ClickHouseClient client, string name, string columns)
    {
        await client.ExecuteAgain($"CREATE DATABASE IF NOT EXISTS {client.Options.Database}", CancellationToken.None);
        var table = ClickHouseSql.Table(client.Options.Database, name);
        await client.Execute($"CREATE TABLE {table} ({columns}) ENGINE = MergeTree() ORDER BY tuple()", CancellationToken.None);
        return table;
    }

    private static NativeBlock OfTypes()
    {
        var block = new NativeBlock(Types.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(static c => c.Contains(' ', StringComparison.Ordinal) && !c.StartsWith("'sell'", StringComparison.Ordinal))
            .Select(static c => (c[..c.IndexOf(' ', StringComparison.Ordinal)], c.StartsWith("e ", StringComparison.Ordinal)
                ? "Enum8('buy' = 1, 'sell' = 2)"
                : c[(c.IndexOf(' ', StringComparison.Ordinal) + 1)..])));
        foreach (var (whole, number, text) in new[] { (-1L, -0.5, "it's\ta\\\n'text'"), (7L, double.NaN, "Zürich") })
        {
            for (var i = 0; i < 8; i++)
            {
                block[i].Add(whole);
            }

            block["f64"].Add(1 / 3.0);
            block["s"].Add(Encoding.UTF8.GetBytes(text));
            block["d"].Add(20_000L);
            block["t"].Add(1_763_000_000L);
            block["n"].Add(number);
            if (double.IsNaN(number))
            {
                block["ns"].AddUnknown();
            }
            else
            {
                block["ns"].Add(Encoding.UTF8.GetBytes(text));
            }

            block["a"].Items.Add(Encoding.UTF8.GetBytes(text));
            block["a"].Items.Add("b"u8);
            block["a"].EndList();
            block["e"].Add(2L);
        }

        return block;
    }

    private static string Line(NativeReader r, int i)
    {
        var list = r["a"].List(i);
        var items = Enumerable.Range(list.Start.Value, list.End.Value - list.Start.Value)
            .Select(n => Encoding.UTF8.GetString(r["a"].Items.Text(n)));
        return FormattableString.Invariant(
            $"{string.Join(' ', Enumerable.Range(0, 8).Select(c => r[c].Whole(i)))} {r["f64"].Number(i)} {ClickHouseClient.Text(r, 9, i)} ")
            + FormattableString.Invariant($"{r["d"].Whole(i)} {r["t"].Whole(i)} {r["n"].Number(i)} ")
            + $"{(r["ns"].IsUnknown(i) ? "?" : Encoding.UTF8.GetString(r["ns"].Text(i)))} {string.Join(',', items)} {r["e"].Whole(i)}";
    }
}
