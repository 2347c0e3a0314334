using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>Gives a running client of Confluent.Kafka the user and password of SASL as they are now: when they change, and after brokers
/// have refused them. The client signs in with them when it connects next; connections that are open stay.</summary>
/// <param name="options">Where the password is asked for.</param>
/// <param name="told">Is told what goes wrong; no secret.</param>
internal sealed class ClientLogin(KafkaOptions options, Action<string> told)
{
    private readonly EngineLogin _login = options.Login();
    private readonly Lock _turn = new();
    private IReadOnlyList<string?> _given = [];
    private IClient? _client;
    private int _renewing;

    /// <summary>Follows the secrets for a client.</summary>
    public void Begin(IClient client)
    {
        if (options.SaslUser is null)
        {
            return;
        }

        lock (_turn)
        {
            _client = client;
        }

        options.Secrets.Changed += Give;
        Give();
    }

    /// <summary>Takes an error of the client. Where brokers have refused the password, it is asked for anew in the background.</summary>
    public void Heard(Error error)
    {
        if (options.SaslUser is not null && error.Code is ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed
            && Interlocked.Exchange(ref _renewing, 1) == 0)
        {
            _ = Task.Run(Renew);
        }
    }

    /// <summary>Lets go of the client, before it is disposed.</summary>
    public void End()
    {
        options.Secrets.Changed -= Give;
        lock (_turn)
        {
            _client = null;
        }
    }

    private void Renew()
    {
        try
        {
            if (_login.Renew(_given, CancellationToken.None))
            {
                Give();
            }
        }
        catch (SecretGoneException e)
        {
            told(e.Message);
        }
        finally
        {
            Volatile.Write(ref _renewing, 0);
        }
    }

    private void Give()
    {
        try
        {
            var keys = _login.Present();
            lock (_turn)
            {
                if (_client is { } client && !keys.SequenceEqual(_given))
                {
                    client.SetSaslCredentials(keys[0]!, keys[1]!);
                    _given = keys;
                }
            }
        }
        catch (Exception e) when (e is SecretGoneException or KafkaException)
        {
            told(e.Message);
        }
    }
}
