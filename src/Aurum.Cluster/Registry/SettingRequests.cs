using System.Text.Json.Nodes;

namespace Aurum.Cluster.Registry;

/// <summary>Requests about levels of compatibility and modes.</summary>
internal sealed class SettingRequests(RegistryBook book)
{
    public const string ReadWrite = "READWRITE";
    public const string Import = "IMPORT";

    private const string LevelName = "compatibility";
    private const string LevelAnswer = "compatibilityLevel";
    private const string ModeName = "mode";

    private static readonly string[] Modes = [ReadWrite, "READONLY", "READONLY_OVERRIDE", Import];

    public RegistryAnswer? Level(string method, string subject, RegistryRequest request)
    {
        var isAll = subject == RegistryBook.AllSubjects;
        switch (method)
        {
            case "GET":
                return RegistryAnswer.Of(new JsonObject { [LevelAnswer] = LevelOf(subject, request.Is("defaultToGlobal")).Name() });
            case "PUT":
                var name = SchemaBody.TextOf(SchemaBody.Object(request), LevelName);
                if (name is null || !CompatibilityLevels.TryParse(name, out var level))
                {
                    throw new RegistryRefusal(
                        RegistryErrors.InvalidLevel,
                        $"Invalid compatibility level '{name}'. Valid values are NONE, BACKWARD, FORWARD and FULL, "
                        + "the last three also with _TRANSITIVE");
                }

                book.SetLevel(subject, level);
                return RegistryAnswer.Of(new JsonObject { [LevelName] = name });
            case "DELETE":
                var before = LevelOf(subject, defaultToAll: isAll);
                book.SetLevel(subject, null);
                return RegistryAnswer.Of(new JsonObject { [LevelAnswer] = before.Name() });
            default:
                return null;
        }
    }

    public RegistryAnswer? Mode(string method, string subject, RegistryRequest request)
    {
        switch (method)
        {
            case "GET":
                return RegistryAnswer.Of(new JsonObject { [ModeName] = ModeOf(subject, request.Is("defaultToGlobal")) });
            case "PUT":
                var mode = SchemaBody.TextOf(SchemaBody.Object(request), ModeName);
                if (mode is null || !Modes.Contains(mode))
                {
                    throw new RegistryRefusal(
                        RegistryErrors.InvalidMode, $"Invalid mode '{mode}'. Valid values are {string.Join(", ", Modes)}");
                }

                if (mode == Import && !request.Is("force") && HasVersions(subject))
                {
                    throw new RegistryRefusal(
                        RegistryErrors.NotPermitted, "Cannot import since found existing subjects; force=true does it all the same");
                }

                book.SetMode(subject, mode);
                return RegistryAnswer.Of(new JsonObject { [ModeName] = mode });
            case "DELETE":
                var before = ModeOf(subject, defaultToAll: subject == RegistryBook.AllSubjects);
                book.SetMode(subject, null);
                return RegistryAnswer.Of(new JsonObject { [ModeName] = before });
            default:
                return null;
        }
    }

    private bool HasVersions(string subject) =>
        subject == RegistryBook.AllSubjects ? book.Subjects.Any() : book.Versions(subject).Count > 0;

    private CompatibilityLevel LevelOf(string subject, bool defaultToAll) => book.LevelOf(subject)
        ?? (defaultToAll || subject == RegistryBook.AllSubjects
            ? book.LevelOf(RegistryBook.AllSubjects) ?? Compatibility.Usual
            : throw new RegistryRefusal(
                RegistryErrors.NoSubjectConfig, $"Subject '{subject}' does not have subject-level compatibility configured"));

    private string ModeOf(string subject, bool defaultToAll) => book.ModeOf(subject)
        ?? (defaultToAll || subject == RegistryBook.AllSubjects
            ? book.ModeOf(RegistryBook.AllSubjects) ?? ReadWrite
            : throw new RegistryRefusal(
                RegistryErrors.NoSubjectMode, $"Subject '{subject}' does not have subject-level mode configured"));
}
