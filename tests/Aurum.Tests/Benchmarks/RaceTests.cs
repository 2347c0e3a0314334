using Aurum.Benchmarks;

namespace Aurum.Tests.Benchmarks;

public sealed class RaceTests
{
    [Fact]
    public void Contestants_take_turns_and_their_allocations_are_counted()
    {
        var turns = new List<string>(64);
        byte[]? kept = null;
        var measured = Race.Run(
            BenchOptions.Brief,
            new Contestant("lean", () => Turn("lean")),
            new Contestant("fat", () =>
            {
                kept = new byte[10_000];
                return Turn("fat");
            }));

        Assert.Equal(["lean", "fat"], measured.Select(measurement => measurement.Name));
        Assert.Equal(3, BenchOptions.Brief.Rounds);
        Assert.Equal(["lean", "fat", "lean", "fat", "lean", "fat"], turns.TakeLast(6));
        Assert.Equal(0, measured[0].AllocatedBytesPerItem);
        Assert.InRange(measured[1].AllocatedBytesPerItem, 100, 101);
        Assert.NotNull(kept);

        long Turn(string name)
        {
            turns.Add(name);
            return 100;
        }
    }
}
