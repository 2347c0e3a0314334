namespace Aurum.Cluster.LakeFs;

/// <summary>A lakeFS server that mirrors the branches of curves.</summary>
public sealed record LakeFsOptions
{
    private const int LeastToken = 16;
    private const int MostToken = 512;

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

    /// <summary>What the pre-merge webhook has to bring as its bearer token, 16 to 512 characters; null: the webhook answers nobody.
    /// Never printed.</summary>
    public string? HookToken { get; init; }

    /// <summary>Time between two looks at the store's branches, seconds. 1 to 86,400.</summary>
    public int SyncSeconds { get; init; } = 60;

    /// <summary>Time of a request, seconds; a second is added for each 256 KiB of a body. 1 to 3,600.</summary>
    public int RequestSeconds { get; init; } = 30;

    /// <summary>Tries after the first of requests that can be done again. 0 to 20.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>Days after which branches that were dropped or merged in the store are no longer looked for. 1 to 3,660.</summary>
    public int LookbackDays { get; init; } = 30;

    /// <summary>Where keys are asked for when a request is sent.</summary>
    internal ILiveSecrets Secrets { get; init; } = SecretsAsRead.Instance;

    /// <summary>The same options, whose keys may change while the program runs.</summary>
    public LakeFsOptions With(ILiveSecrets secrets) => this with { Secrets = secrets };

    /// <summary>The webhook's token as it is now; null: none.</summary>
    public string? PresentHookToken() => Secrets.Present("LakeFs:HookToken", HookToken);

    /// <exception cref="ArgumentException">A value is out of range; the message says which, and the range.</exception>
    public void Check()
    {
        SettingRules.Http("LakeFs:Endpoint", Endpoint, "http://lakefs:8000");
        SettingRules.Filled($"LakeFs:{nameof(AccessKey)}", AccessKey);
        SettingRules.Filled($"LakeFs:{nameof(SecretKey)}", SecretKey);
        SettingRules.Filled($"LakeFs:{nameof(Repository)}", Repository);
        SettingRules.Filled($"LakeFs:{nameof(MainBranch)}", MainBranch);
        if (HookToken is { Length: < LeastToken or > MostToken })
        {
            throw new ArgumentException($"LakeFs:HookToken: expected {LeastToken} to {MostToken} characters, found {HookToken.Length}");
        }

        SettingRules.InRange($"LakeFs:{nameof(SyncSeconds)}", SyncSeconds, 1, 86_400, "seconds");
        SettingRules.InRange($"LakeFs:{nameof(RequestSeconds)}", RequestSeconds, 1, 3_600, "seconds");
        SettingRules.InRange($"LakeFs:{nameof(Retries)}", Retries, 0, 20, "tries");
        SettingRules.InRange($"LakeFs:{nameof(LookbackDays)}", LookbackDays, 1, 3_660, "days");
    }

    /// <summary>Without secrets.</summary>
    public override string ToString() => $"lakeFS at {Endpoint}, repository {Repository}";
}
