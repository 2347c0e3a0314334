namespace Aurum.Cluster.Registry;

/// <summary>Numbers that the registry's answers give for what went wrong.</summary>
/// <remarks>Source: "Errors" in the API reference of Confluent Schema Registry.</remarks>
public static class RegistryErrors
{
    public const int SubjectNotFound = 40401;
    public const int VersionNotFound = 40402;
    public const int SchemaNotFound = 40403;
    public const int SubjectSoftDeleted = 40404;
    public const int SubjectNotSoftDeleted = 40405;
    public const int VersionSoftDeleted = 40406;
    public const int VersionNotSoftDeleted = 40407;
    public const int NoSubjectConfig = 40408;
    public const int NoSubjectMode = 40409;
    public const int Incompatible = 409;
    public const int InvalidSchema = 42201;
    public const int InvalidVersion = 42202;
    public const int InvalidLevel = 42203;
    public const int InvalidMode = 42204;
    public const int NotPermitted = 42205;
    public const int IsReferenced = 42206;
    public const int InvalidSubject = 42208;
    public const int Backend = 50001;
}
