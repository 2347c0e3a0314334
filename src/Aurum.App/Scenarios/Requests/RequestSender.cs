namespace Aurum.App.Scenarios.Requests;

/// <summary>Sends what a process orders over Kafka, where the settings say so, until it is disposed of.</summary>
internal sealed class RequestSender : IAsyncDisposable
{
    private readonly RequestPublisher _publisher;
    private readonly ScenarioDesk _desk;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private RequestSender(RequestPublisher publisher, ScenarioDesk desk)
    {
        (_publisher, _desk) = (publisher, desk);
        desk.Service.Noted = publisher.Wake;
        _running = Task.Run(() => publisher.Run(_stop.Token));
    }

    /// <returns>Null where runs are computed in the process of the server.</returns>
    public static RequestSender? Start(Platform platform, ScenarioDesk desk, TimeProvider time, Action<string> tell)
    {
        if (platform.Options is not { Scenarios.OverKafka: true, Kafka: { } kafka, Registry: { } registry })
        {
            return null;
        }

        return new RequestSender(new RequestPublisher(platform.Store, kafka, registry, desk.Holder, time, tell), desk);
    }

    public async ValueTask DisposeAsync()
    {
        _desk.Service.Noted = static () => { };
        await _stop.CancelAsync();
        await _running;
        _publisher.Dispose();
        _stop.Dispose();
    }
}
