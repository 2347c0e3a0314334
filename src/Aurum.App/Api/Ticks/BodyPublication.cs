using Aurum.App.Api.Requests;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Api.Ticks;

/// <summary>Hands the pieces of a body to Kafka. What was handed over is waited for whatever happens to the rest of the body; a piece
/// under a key that brokers have acknowledged before is stepped over.</summary>
internal sealed class BodyPublication(TickPublisher publisher, TickStreamOptions form, string? key)
{
    private readonly List<(string Key, long Messages)> _sent = [];
    private long _repeated;

    /// <summary>Messages that brokers have acknowledged.</summary>
    public long Published { get; private set; }

    /// <exception cref="RequestFormatException">The body is too long, or does not unpack.</exception>
    /// <exception cref="TickServiceException">Brokers did not take it.</exception>
    public async Task<TickReceipt> TakeAsync(TickPieces pieces, CancellationToken cancel)
    {
        var sender = await publisher.OpenAsync(TickPublisher.BlockMessages, cancel);
        try
        {
            try
            {
                await SendAsync(sender, pieces, cancel);
            }
            finally
            {
                // Not the request's token: a client that goes away takes nothing back.
                await FinishAsync(sender);
            }
        }
        catch (BrokerException e)
        {
            throw new TickServiceException(e.Message, e);
        }

        return new TickReceipt(0, Published, 0, 0, 0, 0, [], IsRepeat: Published > 0 && _repeated == Published)
        {
            Published = Published,
        };
    }

    private async Task SendAsync(RawSender sender, TickPieces pieces, CancellationToken cancel)
    {
        var router = sender.NewRouter(form);
        TickPiece piece;
        do
        {
            piece = await pieces.NextAsync(cancel);
            if (form.Format != TickFormat.Binary)
            {
                await SendTextAsync(sender, piece, cancel);
            }
            else if (piece.Bytes.Length > 0)
            {
                // Records lean on definitions before them, maybe pieces ago: one stream.
                await sender.AddAsync(router, form, piece.Bytes, cancel);
            }
        }
        while (!piece.IsEnd);
        sender.SendRest(router, form, cancel);
    }

    /// <summary>A piece can be read by itself, and its blocks are its own.</summary>
    private async Task SendTextAsync(RawSender sender, TickPiece piece, CancellationToken cancel)
    {
        if (piece.Bytes.Length == 0)
        {
            return;
        }

        var name = key is null ? null : BatchKeys.Of(key, piece.Position, piece.Bytes);
        if (name is not null && publisher.Recall(form.Tenant, name) is { } before)
        {
            _repeated += before;
            return;
        }

        var sent = sender.Messages;
        var router = sender.NewRouter(form);
        await sender.AddAsync(router, form, piece.Bytes, cancel);
        sender.SendRest(router, form, cancel);
        if (name is not null)
        {
            _sent.Add((name, sender.Messages - sent));
        }
    }

    private async Task FinishAsync(RawSender sender)
    {
        await sender.FlushAsync(CancellationToken.None);
        Published = sender.Messages + _repeated;
        if (_sent.Count > 0)
        {
            publisher.Remember(form.Tenant, _sent);
        }
    }
}
