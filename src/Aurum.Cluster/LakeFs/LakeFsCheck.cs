namespace Aurum.Cluster.LakeFs;

/// <summary>Looks whether a lakeFS server can be used: for <c>aurum doctor</c>.</summary>
public static class LakeFsCheck
{
    private const string Engine = "LakeFs";

    /// <summary>Asks for the repository and its branches.</summary>
    public static async Task<IReadOnlyList<EngineFinding>> Run(LakeFsOptions options, CancellationToken cancel)
    {
        try
        {
            using var client = new LakeFsClient(options, TimeProvider.System, static () => 0);
            _ = await client.Repository(cancel);
            var branches = await client.Branches(cancel);
            if (!branches.Contains(options.MainBranch))
            {
                return [new EngineFinding(
                    Engine, EngineState.Failed, $"{options}: there is no branch {options.MainBranch}", "check LakeFs:MainBranch")];
            }

            return [new EngineFinding(Engine, EngineState.Well, $"{options}: {branches.Count} branches")];
        }
        catch (ArgumentException error)
        {
            return [new EngineFinding(Engine, EngineState.Failed, error.Message, "mend the setting")];
        }
        catch (LakeFsException error)
        {
            return [new EngineFinding(Engine, EngineState.Failed, error.Message, error.Status switch
            {
                401 or 403 => "check LakeFs:AccessKey and LakeFs:SecretKey, and what they may do",
                404 => "check LakeFs:Repository",
                _ => "check LakeFs:Endpoint, and that the server runs and can be reached from here",
            })];
        }
    }
}
