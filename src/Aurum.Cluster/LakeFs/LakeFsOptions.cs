namespace Aurum.Cluster.LakeFs;

/// <summary>A lakeFS server that mirrors the branches of curves.</summary>
public sealed record LakeFsOptions
{
    /// <summary>Address of the server, without <c>/api/v1</c>. Required.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Id of the access key. Required.</summary>
    public string AccessKey { get; init; } = "";

    /// <summary>The access key's secret. Required; never printed.</summary>
    public string SecretKey { get; init; } = "";

    /// <summary>Repository. Required.</summary>
    public string Repository { get; init; } = "";

    /// <summary>Branch that day's branches leave and come back to.</summary>
    public string MainBranch { get; init; } = "main";

    /// <summary>What the pre-merge webhook has to bring as its bearer token; null: the webhook answers nobody. Never printed.</summary>
    public string? HookToken { get; init; }

    /// <summary>Time between two looks at the store's branches, seconds. 1 to 86,400.</summary>
    public int SyncSeconds { get; init; } = 60;

    /// <summary>Time of a request, seconds; a second is added for each 256 KiB of a body. 1 to 3,600.</summary>
    public int RequestSeconds { get; init; } = 30;

    /// <summary>Tries after the first of requests that can be done again. 0 to 20.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>Days after which branches that were dropped or merged in the store are no longer looked for. 1 to 3,660.</summary>
    public int LookbackDays { get; init; } = 30;

    /// <exception cref="ArgumentException">A value is out of range; the message says which, and the range.</exception>
    public void Check()
    {
        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"LakeFs:Endpoint: expected an address such as http://lakefs:8000, found '{Endpoint}'");
        }

        Filled(nameof(AccessKey), AccessKey);
        Filled(nameof(SecretKey), SecretKey);
        Filled(nameof(Repository), Repository);
        Filled(nameof(MainBranch), MainBranch);
        Range(nameof(SyncSeconds), SyncSeconds, 1, 86_400, "seconds");
        Range(nameof(RequestSeconds), RequestSeconds, 1, 3_600, "seconds");
        Range(nameof(Retries), Retries, 0, 20, "tries");
        Range(nameof(LookbackDays), LookbackDays, 1, 3_660, "days");
    }

    /// <summary>Without secrets.</summary>
    public override string ToString() => $"lakeFS at {Endpoint}, repository {Repository}";

    private static void Filled(string name, string value)
    {
        if (value.Length == 0)
        {
            throw new ArgumentException($"LakeFs:{name}: expected a value, found none");
        }
    }

    private static void Range(string name, int value, int least, int most, string unit)
    {
        if (value < least || value > most)
        {
            throw new ArgumentException($"LakeFs:{name}: expected {least} to {most} {unit}, found {value}");
        }
    }
}
