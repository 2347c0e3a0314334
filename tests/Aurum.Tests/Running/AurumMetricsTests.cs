using System.Diagnostics.Metrics;
using Aurum.App.Running;

namespace Aurum.Tests.Running;

public sealed class AurumMetricsTests
{
    private const string Name = "aurum.made_up.lag";

    [Fact]
    public void A_gauge_whose_database_is_away_measures_nothing_and_goes_on()
    {
        using var metrics = new AurumMetrics();
        var isAway = true;
        metrics.Watch(Name, "{frame}", "made up", () => isAway ? throw new DatabaseGone("gone") : Lags());
        List<double> seen = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => seen.Add(value));
        listener.Start();

        listener.RecordObservableInstruments();
        Assert.Empty(seen);

        isAway = false;
        listener.RecordObservableInstruments();
        Assert.Equal([3], seen);
    }

    private static IEnumerable<Measurement<double>> Lags()
    {
        yield return new Measurement<double>(3);
    }
}
