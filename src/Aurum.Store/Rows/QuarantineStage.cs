using System.Text;
using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store.Rows;

/// <summary>Collects held-back rows in a temporary table until the commit.</summary>
internal sealed class QuarantineStage : IDisposable
{
    private readonly EngineConnection _connection;
    private readonly EngineAppender _appender;
    private int _filled;

    public QuarantineStage(EngineConnection connection)
    {
        _connection = connection;
        connection.Execute(DeliverySql.CreateQuarantineStage);
        _appender = connection.Append(DeliverySql.QuarantineStage);
    }

    public long Count { get; private set; }

    public void Add(ReadOnlySpan<byte> rowJson, string expectation, string reason, long fileId, long? line)
    {
        Count++;
        _appender.SetText(0, _filled, rowJson);
        SetText(1, expectation);
        SetText(2, reason);
        _appender.Longs(3)[_filled] = fileId;
        _appender.Longs(4)[_filled] = line ?? 0;
        if (line is null)
        {
            _appender.SetNull(4, _filled);
        }

        _appender.Longs(5)[_filled] = Count;
        if (++_filled == EngineAppender.Capacity)
        {
            Push();
        }
    }

    public void Finish()
    {
        if (_filled > 0)
        {
            Push();
        }

        _appender.Finish();
    }

    public void Dispose()
    {
        _appender.Dispose();
        _connection.Discard(DeliverySql.DropQuarantineStage);
    }

    private void SetText(int column, string text) => _appender.SetText(column, _filled, Encoding.UTF8.GetBytes(text));

    private void Push()
    {
        _appender.Push(_filled);
        _filled = 0;
    }
}
