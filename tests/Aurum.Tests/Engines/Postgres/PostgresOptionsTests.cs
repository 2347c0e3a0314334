using Aurum.Cluster.Postgres;

namespace Aurum.Tests.Engines.Postgres;

public sealed class PostgresOptionsTests
{
    [Theory]
    [InlineData("postgresql://aurum:s%40cret@db.example:6432/market?sslmode=Require", "db.example:6432/market as aurum")]
    [InlineData("postgres://aurum@db/market", "db:5432/market as aurum")]
    [InlineData("Host=db;Port=6432;Username=aurum;Password=s@cret;Database=market", "db:6432/market as aurum")]
    public void A_connection_is_named_as_an_address_or_as_a_list_and_shown_without_its_password(string dsn, string place)
    {
        var options = new PostgresOptions { Dsn = dsn };
        options.Check();
        Assert.Equal(place, options.Place());
        Assert.DoesNotContain("cret", options.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "aurum", 40, "Postgres:Dsn: expected postgresql://")]
    [InlineData("postgresql://secret", "aurum", 40, "Postgres:Dsn: expected postgresql://")]
    [InlineData("Host=secret;Nonsense=1", "aurum", 40, "Postgres:Dsn: expected postgresql://")]
    [InlineData("postgres://a@db/m", "My Schema", 40, "Postgres:Schema: expected 1 to 40 small letters")]
    [InlineData("postgres://a@db/m", "aurum", 3, "Postgres:MaxConnections: expected 4 to 1,000 connections, found 3")]
    public void A_setting_out_of_range_is_named(string dsn, string schema, int connections, string message)
    {
        var error = Assert.Throws<ArgumentException>(
            () => new PostgresOptions { Dsn = dsn, Schema = schema, MaxConnections = connections }.Check());
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_whose_name_has_no_address_counts_as_a_server_that_is_away()
    {
        var options = new PostgresOptions { Dsn = "postgresql://aurum:secret@nosuch.invalid/market" };
        using var database = new PostgresDatabase(options, asOwner: false, TimeProvider.System);

        var error = Assert.Throws<PostgresEngineException>(() => database.Connect());

        Assert.True(error.IsTransient);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }
}
