using System.Runtime.InteropServices;

namespace Functional.Core.Numbers.Kernels;

/// <summary>
/// Room that a thread keeps for a purpose of its own, on a border of cache lines: it begins empty, grows to the most that was asked for, and is collected after the thread's end.
/// Outside the garbage collector's memory, so that it takes no more than is written to.
/// </summary>
internal sealed unsafe class Room<T> where T : unmanaged
{
    private const int CacheLine = 64;
    private T* cells;
    private int length;

    ~Room() => Free();

    /// <summary>Room for at least so many numbers; what it holds is garbage.</summary>
    public static T* Of(ref Room<T>? room, int length)
    {
        room ??= new();
        if (room.length < length)
        {
            room.Free();
            room.cells = (T*)NativeMemory.AlignedAlloc((nuint)length * (nuint)sizeof(T), CacheLine);
            room.length = length;
            GC.AddMemoryPressure((long)length * sizeof(T));
        }
        return room.cells;
    }

    private void Free()
    {
        if (length == 0) return;
        NativeMemory.AlignedFree(cells);
        GC.RemoveMemoryPressure((long)length * sizeof(T));
        length = 0;
    }
}
