namespace Aurum.Store.Models;

/// <summary>A partition of a topic with requests, as one group reads it.</summary>
/// <param name="Group">Group.</param>
/// <param name="Topic">Topic.</param>
/// <param name="Number">Partition from 0.</param>
/// <param name="Epoch">One more with each holder: who has a lower one moves it no more.</param>
/// <param name="Holder">Who has it, or had it last.</param>
/// <param name="Next">Offset of the first message that is not done with; null: none is.</param>
public sealed record RequestLane(string Group, string Topic, int Number, long Epoch, string Holder, long? Next)
{
    public override string ToString() => $"{Topic}[{Number}] of {Group}";
}

/// <summary>How far a partition has come.</summary>
/// <param name="Lane">Which, and by whom.</param>
/// <param name="Next">Offset of the first message that is not done with.</param>
public sealed record RequestPosition(RequestLane Lane, long Next);
