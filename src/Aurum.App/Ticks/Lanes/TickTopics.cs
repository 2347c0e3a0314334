using System.Globalization;
using Aurum.Cluster.Kafka;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Ticks.Lanes;

/// <summary>Topics of the tick plane and what is in them. A partition has the same number in all of them: a lane.</summary>
internal static class TickTopics
{
    /// <summary>Messages as sources send them, one or a block of them.</summary>
    public const string Raw = "aurum.market.tick.raw.v1";

    /// <summary>Frames of the first stage.</summary>
    public const string Normalized = "aurum.market.tick.normalized.v1";

    /// <summary>Frames of the second stage.</summary>
    public const string Enriched = "aurum.market.tick.enriched.v1";

    /// <summary>Frames of the third stage, with bars.</summary>
    public const string Aggregated = "aurum.market.tick.aggregated.v1";

    /// <summary>Messages that are no ticks, as they came; headers say what is wrong.</summary>
    public const string Letters = "aurum.market.tick.raw.dlq.v1";

    /// <summary>One JSON message, or a line each.</summary>
    public const string Json = "application/x-ndjson";

    public const string Csv = "text/csv";

    /// <summary>Records of <see cref="BinaryTicks"/>.</summary>
    public const string Binary = "application/vnd.aurum.ticks";

    /// <summary>Frames of stages.</summary>
    public const string Frame = "application/vnd.aurum.tick-frame";

    /// <summary>Market of CSV rows that name none.</summary>
    public const string Market = "aurum-market";

    /// <summary>Source of CSV rows that name none.</summary>
    public const string Source = "aurum-source";

    /// <summary>Offset of the raw message that a frame was made of.</summary>
    public const string SourceOffset = "aurum-source-offset";

    /// <summary>Offset of the raw message that the frame before was made of; -1: there was none.</summary>
    public const string SourceBefore = "aurum-source-before";

    public static string TypeOf(TickFormat format) => format switch
    {
        TickFormat.Csv => Csv,
        TickFormat.Binary => Binary,
        _ => Json,
    };

    /// <summary>How a raw message is written: by its headers, and JSON where it has none.</summary>
    public static TickStreamOptions FormOf(in IncomingMessage message)
    {
        var format = !message.TryHeader(KafkaHeaders.ContentType, out var type) ? TickFormat.JsonLines
            : type.SequenceEqual("text/csv"u8) ? TickFormat.Csv
            : type.SequenceEqual("application/vnd.aurum.ticks"u8) ? TickFormat.Binary
            : TickFormat.JsonLines;
        var options = Plain[(int)format];
        return options with
        {
            Tenant = Text(in message, KafkaHeaders.Tenant, options.Tenant),
            Market = Text(in message, Market, options.Market),
            Source = Text(in message, Source, options.Source),
        };
    }

    /// <summary>A header's text.</summary>
    public static string Text(in IncomingMessage message, string name, string otherwise) =>
        message.TryHeader(name, out var value) ? System.Text.Encoding.UTF8.GetString(value) : otherwise;

    /// <summary>A header's number; false where it is not there, or no number.</summary>
    public static bool TryNumber(in IncomingMessage message, string name, out long number)
    {
        number = 0;
        return message.TryHeader(name, out var value)
            && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    private static readonly TickStreamOptions[] Plain =
        [new(TickFormat.JsonLines), new(TickFormat.Csv), new(TickFormat.Binary)];
}
