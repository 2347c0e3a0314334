using System.Net;
using System.Text;
using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Tests.Ingest;

public sealed class FetcherTests
{
    private static readonly FeedRequest WithSecret = new("site", "/day", "asked.csv")
    {
        Secrets = [new HeaderSecret("X-Api-Key", "test-api-key"), new HeaderSecret("Authorization", "test-token", "Bearer ")],
    };

    private static readonly FeedRequest SignedIn = new("site", "/day", "asked.csv")
    {
        SignIn = new BasicSecret("test-user", "test-password"),
    };

    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["AURUM_TEST_API_KEY"] = "k3y-of-the-test", ["AURUM_TEST_TOKEN"] = "t0ken-of-the-test",
    };

    [Fact]
    public async Task An_answer_is_archived_with_its_name_and_headers()
    {
        using var rig = new FetchRig();
        rig.Then(HttpStatusCode.OK, "0,NODE,1\n", ("Content-Disposition", "attachment; filename=\"theirs.csv\""), ("X-Made-By", "them"));

        var attempt = await rig.Get();

        Assert.Equal(Outcome.Data, attempt.Outcome);
        var file = attempt.File!;
        Assert.Equal("theirs.csv", file.Fetch.FileName);
        Assert.Equal("/day?x=1", file.Fetch.PathAndQuery);
        Assert.Equal("https://site.test/base/day?x=1", rig.Asked[0].Address.AbsoluteUri);
        Assert.Contains(file.Fetch.ResponseHeaders, h => h is { Key: "X-Made-By", Value: "them" });
        using var bytes = new StreamReader(rig.Archive.OpenRead(file.Sha256));
        Assert.Equal("0,NODE,1\n", await bytes.ReadToEndAsync());
    }

    [Fact]
    public async Task Failures_are_retried_with_growing_waits_until_the_attempts_are_used_up()
    {
        using var rig = new FetchRig(new SiteLimits(RequestsPerMinute: 6000, Burst: 100, MaxAttempts: 5))
        {
            Otherwise = static _ => FetchRig.Answer(HttpStatusCode.TooManyRequests),
        };

        var attempt = await rig.Get();

        Assert.Equal(Outcome.Throttled, attempt.Outcome);
        Assert.Equal(5, rig.Asked.Count);
        var waits = rig.Asked.Zip(rig.Asked.Skip(1), (a, b) => (b.At - a.At).TotalSeconds).ToList();
        Assert.Equal(waits.Order(), waits);
        Assert.InRange(waits[0], 1.5, 2.5);
        Assert.InRange(waits[3], 12, 20);
    }

    [Fact]
    public async Task A_site_that_allows_one_attempt_gets_one()
    {
        using var rig = new FetchRig(new SiteLimits(MaxAttempts: 1));
        rig.Then(HttpStatusCode.ServiceUnavailable);

        Assert.Equal(Outcome.Unavailable, (await rig.Get()).Outcome);
        Assert.Single(rig.Asked);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("0", 2)]
    [InlineData("100000", 300)]
    [InlineData("Wed, 11 Jun 2025 00:01:30 GMT", 90)]
    [InlineData("Wed, 11 Jun 2025 23:00:00 GMT", 300)]
    public async Task Retry_After_is_followed_up_to_its_limit(string said, double seconds)
    {
        using var rig = new FetchRig();
        rig.Then(HttpStatusCode.TooManyRequests, "", ("Retry-After", said));
        rig.Then(HttpStatusCode.OK, "x");

        Assert.Equal(Outcome.Data, (await rig.Get()).Outcome);
        Assert.InRange((rig.Asked[1].At - FetchRig.Start).TotalSeconds, seconds, seconds + 1);
    }

    [Fact]
    public async Task Retry_After_holds_back_other_requests_to_the_site_too()
    {
        using var rig = new FetchRig(new SiteLimits(RequestsPerMinute: 6000, Burst: 100, MaxAttempts: 1));
        rig.Then(HttpStatusCode.TooManyRequests, "", ("Retry-After", "60"));
        rig.Then(HttpStatusCode.OK, "x");

        Assert.Equal(Outcome.Throttled, (await rig.Get()).Outcome);
        Assert.Equal(Outcome.Data, (await rig.Get(new FeedRequest("site", "/other", "other.csv"))).Outcome);
        Assert.Equal(FetchRig.Start + Duration.FromSeconds(60), rig.Asked[1].At);
    }

    [Fact]
    public async Task The_breaker_opens_after_failures_in_a_row_and_closes_when_the_site_is_back()
    {
        var isBack = false;
        using var rig = new FetchRig(new SiteLimits(RequestsPerMinute: 6000, Burst: 100, MaxAttempts: 1))
        {
            Otherwise = _ => FetchRig.Answer(isBack ? HttpStatusCode.OK : HttpStatusCode.InternalServerError, "x"),
        };
        for (var i = 0; i < 10; i++)
        {
            await rig.Get();
        }

        Assert.Equal(5, rig.Asked.Count);
        var refused = await rig.Get();
        Assert.Equal(Outcome.Unavailable, refused.Outcome);
        Assert.Contains("left alone", refused.Why, StringComparison.Ordinal);

        isBack = true;
        rig.Time.Advance(Duration.FromSeconds(121));
        Assert.Equal(Outcome.Data, (await rig.Get()).Outcome);
        Assert.Equal(Outcome.Data, (await rig.Get()).Outcome);
    }

    [Fact]
    public async Task A_backfill_waits_for_a_site_that_is_left_alone()
    {
        using var rig = new FetchRig(new SiteLimits(RequestsPerMinute: 6000, Burst: 100, MaxAttempts: 1));
        for (var i = 0; i < 5; i++)
        {
            rig.Then(HttpStatusCode.InternalServerError);
            await rig.Get();
        }

        rig.Then(HttpStatusCode.OK, "x");
        Assert.Equal(Outcome.Data, (await rig.Get(isLive: false)).Outcome);
        Assert.InRange((rig.Time.Now - FetchRig.Start).TotalSeconds, 100, 130);
    }

    [Fact]
    public async Task An_answer_that_drips_too_long_is_given_up_and_nothing_of_it_is_archived()
    {
        using var rig = new FetchRig(new SiteLimits(TimeoutSeconds: 20, MaxAttempts: 1));
        rig.Then(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new DrippingStream(rig.Time)) });

        var attempt = await rig.Get();

        Assert.Equal(Outcome.Unavailable, attempt.Outcome);
        Assert.Equal("no whole answer within 20 s", attempt.Why);
        Assert.Empty(rig.ArchivedFiles);
    }

    [Fact]
    public async Task A_person_who_stops_is_not_taken_for_a_time_out()
    {
        using var rig = new FetchRig();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Get(cancel: cancel.Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_beyond_the_limit_is_refused_whether_it_says_its_length_or_not(bool saysLength)
    {
        using var rig = new FetchRig(new SiteLimits(MaxResponseBytes: 100, MaxAttempts: 3));
        rig.Then(_ =>
        {
            var answer = FetchRig.Answer(HttpStatusCode.OK, new string('x', 101));
            answer.Content.Headers.ContentLength = saysLength ? 101 : null;
            return answer;
        });

        var attempt = await rig.Get();

        Assert.Equal(Outcome.Malformed, attempt.Outcome);
        Assert.Contains("limit of 100", attempt.Why, StringComparison.Ordinal);
        Assert.Empty(rig.ArchivedFiles);
        Assert.Single(rig.Asked);
    }

    [Fact]
    public async Task A_cut_body_is_no_answer_and_is_asked_for_again()
    {
        using var rig = new FetchRig();
        rig.Then(static _ =>
        {
            var answer = FetchRig.Answer(HttpStatusCode.OK, "half");
            answer.Content = new StreamContent(new MemoryStream("half"u8.ToArray()));
            answer.Content.Headers.ContentLength = 8;
            return answer;
        });
        rig.Then(static _ => throw new HttpRequestException("the connection was reset"));
        rig.Then(HttpStatusCode.OK, "complete");

        var attempt = await rig.Get();

        Assert.Equal(Outcome.Data, attempt.Outcome);
        Assert.Equal(8, attempt.File!.SizeBytes);
        Assert.Equal(2, rig.ArchivedFiles.Count());
    }

    [Fact]
    public async Task A_body_that_is_cut_each_time_is_unavailable()
    {
        using var rig = new FetchRig(new SiteLimits(MaxAttempts: 2))
        {
            Otherwise = static _ =>
            {
                var answer = FetchRig.Answer(HttpStatusCode.OK);
                answer.Content = new StreamContent(new MemoryStream("half"u8.ToArray()));
                answer.Content.Headers.ContentLength = 8;
                return answer;
            },
        };

        var attempt = await rig.Get();

        Assert.Equal(Outcome.Unavailable, attempt.Outcome);
        Assert.StartsWith("the connection failed: cut after 4 of 8 bytes", attempt.Why, StringComparison.Ordinal);
        Assert.Equal(2, rig.Asked.Count);
    }

    [Theory]
    [InlineData("/elsewhere", "https://site.test/elsewhere")]
    [InlineData("https://site.test/elsewhere", "https://site.test/elsewhere")]
    public async Task A_redirect_on_the_same_host_is_followed(string location, string asked)
    {
        using var rig = new FetchRig();
        rig.Then(HttpStatusCode.Found, "", ("Location", location));
        rig.Then(HttpStatusCode.OK, "x");

        Assert.Equal(Outcome.Data, (await rig.Get()).Outcome);
        Assert.Equal(asked, rig.Asked[1].Address.AbsoluteUri);
        Assert.Equal(2, rig.Sites["site"].Granted);
    }

    [Theory]
    [InlineData("https://other.test/day", "https://other.test")]
    [InlineData("http://site.test/day", "http://site.test")]
    [InlineData("//other.test/day", "https://other.test")]
    public async Task A_redirect_to_another_host_or_to_a_plain_connection_is_refused(string location, string named)
    {
        using var rig = new FetchRig(environment: Environment);
        rig.Then(HttpStatusCode.Found, "", ("Location", location));

        var attempt = await rig.Get(WithSecret);

        Assert.Equal((Outcome.Unavailable, $"redirected to {named}, which is not followed"), (attempt.Outcome, attempt.Why));
        Assert.Single(rig.Asked);
    }

    [Fact]
    public async Task Redirects_without_end_are_given_up()
    {
        using var rig = new FetchRig { Otherwise = static _ => FetchRig.Answer(HttpStatusCode.Found, "", ("Location", "/again")) };

        Assert.Equal(Outcome.Unavailable, (await rig.Get()).Outcome);
        Assert.Equal(4, rig.Asked.Count);
    }

    [Fact]
    public async Task Secrets_are_sent_and_are_in_no_archived_byte()
    {
        using var rig = new FetchRig(environment: Environment);
        rig.Then(HttpStatusCode.OK, "your key is k3y-of-the-test and your token t0ken-of-the-test\n");

        var attempt = await rig.Get(WithSecret);

        Assert.Contains("X-Api-Key: k3y-of-the-test", rig.Asked[0].Headers, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer t0ken-of-the-test", rig.Asked[0].Headers, StringComparison.Ordinal);
        Assert.Equal(2, attempt.File!.ScrubbedSecrets);
        Assert.NotEmpty(rig.ArchivedFiles);
        foreach (var file in rig.ArchivedFiles)
        {
            var text = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file));
            Assert.DoesNotContain("k3y-of-the-test", text, StringComparison.Ordinal);
            Assert.DoesNotContain("t0ken-of-the-test", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task User_and_password_are_sent_in_base64_and_are_in_no_archived_byte()
    {
        const string User = "trader@example.com";
        const string Password = "pa:ss-wörd";
        const string Encoded = "dHJhZGVyQGV4YW1wbGUuY29tOnBhOnNzLXfDtnJk";
        using var rig = new FetchRig(environment: new Dictionary<string, string?>
        {
            ["AURUM_TEST_USER"] = User,
            ["AURUM_TEST_PASSWORD"] = Password,
        });
        rig.Then(HttpStatusCode.OK, $"hello {User}, your password is {Password} and your header says {Encoded}\n");

        var attempt = await rig.Get(SignedIn);

        Assert.Contains($"Authorization: Basic {Encoded}", rig.Asked[0].Headers, StringComparison.Ordinal);
        Assert.Equal(3, attempt.File!.ScrubbedSecrets);
        foreach (var file in rig.ArchivedFiles)
        {
            var text = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file));
            Assert.All([User, Password, Encoded], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_short_user_name_is_not_blotted_out_of_the_words_that_hold_it()
    {
        using var rig = new FetchRig(environment: new Dictionary<string, string?>
        {
            ["AURUM_TEST_USER"] = "ne",
            ["AURUM_TEST_PASSWORD"] = "long-enough",
        });
        rig.Then(HttpStatusCode.OK, "new england, one line\n");

        Assert.Equal(0, (await rig.Get(SignedIn)).File!.ScrubbedSecrets);
    }

    [Fact]
    public async Task A_missing_password_is_named_and_nothing_is_sent()
    {
        using var rig = new FetchRig(environment: new Dictionary<string, string?> { ["AURUM_TEST_USER"] = "trader@example.com" });

        var attempt = await rig.Get(SignedIn);

        Assert.Equal(Outcome.Unavailable, attempt.Outcome);
        Assert.Contains("AURUM_TEST_PASSWORD", attempt.Why, StringComparison.Ordinal);
        Assert.Empty(rig.Asked);
    }

    [Fact]
    public async Task A_missing_secret_is_named_and_nothing_is_sent()
    {
        using var rig = new FetchRig();

        var attempt = await rig.Get(WithSecret);

        Assert.Equal(Outcome.Unavailable, attempt.Outcome);
        Assert.Contains("AURUM_TEST_API_KEY", attempt.Why, StringComparison.Ordinal);
        Assert.Empty(rig.Asked);
    }

    [Fact]
    public async Task Bytes_of_answers_are_charged_to_the_sites_hour()
    {
        using var rig = new FetchRig(new SiteLimits(RequestsPerMinute: 6000, Burst: 100, BytesPerHour: 10))
        {
            Otherwise = static _ => FetchRig.Answer(HttpStatusCode.OK, "twelve bytes"),
        };

        await rig.Get();
        await rig.Get();

        Assert.InRange((rig.Asked[1].At - rig.Asked[0].At).TotalMinutes, 60, 61.1);
    }

    /// <summary>A byte every five seconds, without end.</summary>
    private sealed class DrippingStream(TimeProvider time) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), time, cancellationToken);
            buffer.Span[0] = (byte)'x';
            return 1;
        }
    }
}
