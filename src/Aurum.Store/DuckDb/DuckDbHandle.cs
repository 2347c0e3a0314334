using System.Runtime.InteropServices;

namespace Aurum.Store.DuckDb;

/// <summary>A handle of the engine that keeps the handle alive on which it hangs.</summary>
internal sealed class DuckDbHandle : SafeHandle
{
    private readonly DuckDbHandle? _parent;
    private readonly Action<nint> _release;

    /// <param name="handle">The handle.</param>
    /// <param name="parent">What must not be closed before it.</param>
    /// <param name="release">Closes it.</param>
    public DuckDbHandle(nint handle, DuckDbHandle? parent, Action<nint> release)
        : base(0, ownsHandle: true)
    {
        var added = false;
        parent?.DangerousAddRef(ref added);
        (_parent, _release) = (parent, release);
        SetHandle(handle);
    }

    public override bool IsInvalid => handle == 0;

    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public nint Value => IsClosed || IsInvalid ? throw new ObjectDisposedException(nameof(DuckDbHandle)) : handle;

    protected override bool ReleaseHandle()
    {
        _release(handle);
        _parent?.DangerousRelease();
        return true;
    }
}
