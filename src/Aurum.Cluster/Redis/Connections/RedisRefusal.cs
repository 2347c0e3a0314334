using Aurum.Cluster.Redis.Wire;

namespace Aurum.Cluster.Redis.Connections;

/// <summary>Error replies as exceptions.</summary>
internal static class RedisRefusal
{
    /// <summary>First words of refusals that another server, or the same one a little later, would not give.</summary>
    private static readonly string[] OfTheServer = ["READONLY", "MASTERDOWN", "LOADING", "CLUSTERDOWN"];

    private static readonly string[] OfTheLogin = ["NOAUTH", "WRONGPASS"];

    public static RedisException Of(in RespValue error)
    {
        var text = error.Text;
        var code = text.IndexOf(' ') is var blank and > 0 ? text[..blank] : text;
        return new RedisException(
            OfTheLogin.Contains(code) ? RedisFault.Login : RedisFault.Refused, $"the server refused: {text}") { Code = code };
    }

    /// <summary>Whether the connection is to be made anew, as the server behind the name may be another one by then.</summary>
    public static bool IsOfTheServer(RedisException fault) => OfTheServer.Contains(fault.Code);
}
