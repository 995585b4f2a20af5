using System.Runtime.InteropServices;

namespace Functional.Core.Numbers.Threads;

/// <summary>
/// A thread's memory for one purpose, on a border of cache lines: it begins empty, grows to the most that was asked
/// for, and is collected after the thread's end. Outside the garbage collector's memory, so that it takes no more
/// than is written to. </summary>
/// <typeparam name="P">The purpose: a type for each, so that no two meet in one buffer.</typeparam>
/// <typeparam name="T">What is kept there.</typeparam>
internal sealed unsafe class NativeBuffer<P, T> where P : struct where T : unmanaged
{
    private const int CacheLine = 64;
    [ThreadStatic] private static NativeBuffer<P, T>? own;
    private T* cells;
    private int length;

    ~NativeBuffer() => Free();

    /// <summary>Room for at least so many numbers; what it holds is garbage.</summary>
    public static T* Of(int length)
    {
        var buffer = own ??= new();
        if (buffer.length < length) buffer.Grow(length);
        return buffer.cells;
    }

    private void Grow(int wanted)
    {
        Free();
        cells = (T*)NativeMemory.AlignedAlloc((nuint)wanted * (nuint)sizeof(T), CacheLine);
        length = wanted;
        GC.AddMemoryPressure((long)length * sizeof(T));
    }

    private void Free()
    {
        if (length == 0) return;
        NativeMemory.AlignedFree(cells);
        GC.RemoveMemoryPressure((long)length * sizeof(T));
        length = 0;
    }
}
