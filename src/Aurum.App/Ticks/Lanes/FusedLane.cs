using System.Buffers;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Ticks.Lanes;

/// <summary>All four stages: raw messages become rows.</summary>
internal sealed class FusedLane(TickPipeline pipeline) : ILaneStage
{
    public bool IsSmall => false;

    public TickNames Names => pipeline.AllNames;

    public TickCounters Counters => pipeline.Counters;

    public long WatermarkMicros => pipeline.Aggregate.WatermarkMicros;

    public void OnMessage(in LaneMessage message, LaneOutput output)
    {
        var before = pipeline.Counters;
        var stream = pipeline.Open(message.Form);
        var bytes = message.Value;
        _ = pipeline.OnBytes(stream, bytes, 0, isEnd: true);
        if (pipeline.Output.DeadLetters.Count > 0)
        {
            var letters = pipeline.Output.DeadLetters.Items;
            var forms = new LetterForms(stream).Pass(bytes, 0, letters);
            for (var i = 0; i < letters.Length; i++)
            {
                output.Rows.Add(
                    letters[i],
                    message.Form.Tenant,
                    message.Name,
                    bytes.Slice((int)letters[i].Position, letters[i].Length),
                    forms.Length > 0 ? forms[i] : null);
            }
        }

        output.Brought = output.Brought.Plus(pipeline.Counters.Less(before));
        Move(output);
    }

    public bool OnWatermark(long watermarkMicros, LaneOutput output)
    {
        pipeline.OnWatermark(watermarkMicros);
        Move(output);
        return true;
    }

    public void Save(IBufferWriter<byte> to) => pipeline.Save(to);

    public void Dispose() => pipeline.Dispose();

    private void Move(LaneOutput output)
    {
        output.Names.Add(pipeline.TakeNewNames());
        output.Rows.Add(pipeline.Output.Ticks.Items);
        output.Rows.Add(pipeline.Output.Bars.Items);
        output.Rows.Add(pipeline.Output.CurvePoints.Items);
        output.Rows.Add(pipeline.Output.Prices.Items);
        pipeline.Output.Clear();
    }
}
