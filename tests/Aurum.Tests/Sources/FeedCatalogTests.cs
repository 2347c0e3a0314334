using System.Reflection;
using Aurum.Market.Feeds;
using Aurum.Sources;

namespace Aurum.Tests.Sources;

public sealed class FeedCatalogTests
{
    private const BindingFlags AnyStatic =
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void Lists_every_feed_of_the_assembly()
    {
        var listed = FeedCatalog.All.ToHashSet();
        var missing = typeof(FeedCatalog).Assembly.GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetMembers(AnyStatic)
                .Select(member => (Type: type, Member: member)))
            .Select(m => (m.Type, m.Member.Name, Feed: Value(m.Member) as Feed))
            .Where(m => m.Feed is not null && !listed.Contains(m.Feed))
            .Select(m => $"{m.Type.FullName}.{m.Name}");
        Assert.Empty(missing);
    }

    [Fact]
    public void Has_each_id_once() => Assert.Equal(FeedCatalog.All.Count, FeedCatalog.All.Select(feed => feed.Id).Distinct().Count());

    [Fact]
    public void Documents_five_facts_of_every_feed() => Assert.All(FeedCatalog.All, feed =>
        Assert.All(
            new[] { feed.Facts.Source, feed.Facts.Shape, feed.Facts.Units, feed.Facts.Time, feed.Facts.Revisions },
            fact => Assert.NotEmpty(fact.Trim())));

    [Fact]
    public void Asks_only_sites_that_it_lists()
    {
        var now = NodaTime.Instant.FromUtc(2025, 11, 5, 12, 0);
        var sites = FeedCatalog.Sites.Select(site => site.Name).ToHashSet();
        Assert.All(FeedCatalog.All, feed => Assert.All(
            feed.Locate(feed.Day(new NodaTime.LocalDate(2025, 11, 2)), now),
            request =>
            {
                Assert.Contains(request.Site, sites);
                Assert.StartsWith("/", request.PathAndQuery, StringComparison.Ordinal);
                Assert.NotEmpty(request.FileName);
            }));
    }

    [Fact]
    public void Names_the_nearest_feed_for_one_that_is_not_there()
    {
        var error = Assert.Throws<ArgumentException>(() => FeedCatalog.Find(new FeedId("caiso/day-ahead-lmps")));
        Assert.Contains("no feed caiso/day-ahead-lmps: did you mean caiso/day-ahead-lmp?", error.Message, StringComparison.Ordinal);
    }

    private static object? Value(MemberInfo member) => member switch
    {
        FieldInfo field when typeof(Feed).IsAssignableFrom(field.FieldType) => field.GetValue(null),
        PropertyInfo property when typeof(Feed).IsAssignableFrom(property.PropertyType) && property.GetIndexParameters().Length == 0
            => property.GetValue(null),
        _ => null,
    };
}
