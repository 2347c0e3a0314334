using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Aurum.Cluster.Kafka;

/// <summary>Whether the brokers' ACLs let this program write and read its topics, and be in its groups.</summary>
/// <remarks>Brokers with the setting <c>allow.everyone.if.no.acl.found</c>, and super users, need no ACL: what is missing is a warning. An
/// ACL that denies is one as well, and counts before all that allow.</remarks>
public static class KafkaRights
{
    private const string Engine = "Kafka";
    private const string Anyone = "User:*";
    private const string AnyName = "*";
    private const int MostNamed = 3;

    /// <summary>What names of topics and groups begin with, in the words of an ACL.</summary>
    private const string TopicPrefix = "aurum.";
    private const string GroupPrefix = "aurum-";

    /// <summary>Who the program is to the brokers: the SASL user, the subject of its certificate, or nobody.</summary>
    public static string PrincipalOf(KafkaOptions options)
    {
        if (options.SecurityProtocol.StartsWith("SASL", StringComparison.Ordinal))
        {
            return $"User:{options.SaslUser}";
        }

        if (options.CertificateFile is not { } file)
        {
            return "User:ANONYMOUS";
        }

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
        return $"User:{certificate.Subject.Replace(", ", ",", StringComparison.Ordinal)}";
    }

    /// <summary>Judges the ACLs of a cluster.</summary>
    /// <param name="options">Where, and as whom.</param>
    /// <param name="topics">Topics that are written and read.</param>
    /// <param name="acls">All ACLs.</param>
    public static IReadOnlyList<EngineFinding> Judge(KafkaOptions options, IReadOnlyList<string> topics, IReadOnlyList<AclBinding> acls)
    {
        var principal = PrincipalOf(options);
        var mine = acls.Where(a => a.Entry.Principal == principal || a.Entry.Principal == Anyone).ToList();
        var findings = new List<EngineFinding>();
        Look(ResourceType.Topic, topics, AclOperation.Write, TopicPrefix, "--topic");
        Look(ResourceType.Topic, topics, AclOperation.Read, TopicPrefix, "--topic");
        Look(ResourceType.Group, [options.GroupOf($"{GroupPrefix}ticks-fused")], AclOperation.Read, GroupPrefix, "--group");
        return findings.Count > 0 ? findings :
        [
            new EngineFinding(Engine, EngineState.Well, string.Create(
                CultureInfo.InvariantCulture, $"ACLs let {principal} write and read all {topics.Count} topics")),
        ];

        void Look(ResourceType type, IReadOnlyList<string> names, AclOperation operation, string prefix, string flag)
        {
            var verdicts = names.ToLookup(name => VerdictOf(mine, type, name, operation));
            if (verdicts[Verdict.Denied].ToList() is { Count: > 0 } denied)
            {
                findings.Add(new EngineFinding(
                    Engine, EngineState.Warned, $"an ACL denies {principal} to {operation} {type} {Named(denied)}",
                    "remove it: kafka-acls --remove with --deny-principal and the same resource ('kafka-acls --list' shows it)"));
            }

            if (verdicts[Verdict.Missing].ToList() is { Count: > 0 } missing)
            {
                findings.Add(new EngineFinding(
                    Engine, EngineState.Warned, $"no ACL lets {principal} {operation} {type} {Named(missing)}; super users need none",
                    $"kafka-acls --bootstrap-server {options.BootstrapServers} --add --allow-principal '{principal}' "
                    + $"--operation {operation} {flag} {prefix} --resource-pattern-type prefixed"));
            }
        }
    }

    /// <summary>Asks for the ACLs, and judges them.</summary>
    internal static async Task<IReadOnlyList<EngineFinding>> Run(
        IAdminClient client, KafkaOptions options, IReadOnlyList<string> topics, TimeSpan longest)
    {
        try
        {
            var found = await client.DescribeAclsAsync(Everything, new DescribeAclsOptions { RequestTimeout = longest });
            return Judge(options, topics, found.AclBindings);
        }
        catch (DescribeAclsException e)
        {
            return [Refused(options, e.Result.Error)];
        }
        catch (KafkaException e)
        {
            return [Refused(options, e.Error)];
        }
    }

    private static AclBindingFilter Everything => new()
    {
        PatternFilter = new ResourcePatternFilter { Type = ResourceType.Any, ResourcePatternType = ResourcePatternType.Any },
        EntryFilter = new AccessControlEntryFilter
        {
            Operation = AclOperation.Any,
            PermissionType = AclPermissionType.Any,
        },
    };

    private static EngineFinding Refused(KafkaOptions options, Error error) => error.Code switch
    {
        ErrorCode.SecurityDisabled => new(
            Engine, EngineState.Well, "the brokers have no authoriser: whoever reaches them may read and write every topic"),
        ErrorCode.Local_UnsupportedFeature or ErrorCode.UnsupportedVersion => new(
            Engine, EngineState.Well, "the brokers know no ACLs: whoever reaches them may read and write every topic"),
        ErrorCode.ClusterAuthorizationFailed => new(
            Engine, EngineState.Warned, $"{PrincipalOf(options)} may not list ACLs, so rights are not checked",
            $"kafka-acls --add --allow-principal '{PrincipalOf(options)}' --operation Describe --cluster, or ask who runs the brokers"),
        _ => new(
            Engine, EngineState.Warned, $"the ACLs could not be listed: {error.Reason}",
            "run 'aurum doctor' again; where it stays, ask who runs the brokers"),
    };

    private static Verdict VerdictOf(List<AclBinding> acls, ResourceType type, string name, AclOperation operation)
    {
        var allows = false;
        foreach (var acl in acls.Where(a => a.Pattern.Type == type && Matches(a.Pattern, name)))
        {
            if (acl.Entry.PermissionType == AclPermissionType.Deny && IsOf(acl.Entry.Operation, operation))
            {
                return Verdict.Denied;
            }

            allows |= acl.Entry.PermissionType == AclPermissionType.Allow && IsOf(acl.Entry.Operation, operation);
        }

        return allows ? Verdict.Allowed : Verdict.Missing;
    }

    private static bool IsOf(AclOperation found, AclOperation wanted) => found == wanted || found == AclOperation.All;

    private static bool Matches(ResourcePattern pattern, string name) => pattern.ResourcePatternType switch
    {
        ResourcePatternType.Prefixed => name.StartsWith(pattern.Name, StringComparison.Ordinal),
        _ => pattern.Name == name || pattern.Name == AnyName,
    };

    private static string Named(List<string> names) => names.Count <= MostNamed
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(MostNamed))} and {names.Count - MostNamed} more");

    private enum Verdict
    {
        Allowed,
        Missing,
        Denied,
    }
}
