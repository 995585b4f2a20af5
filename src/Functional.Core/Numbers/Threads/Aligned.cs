using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Functional.Core.Numbers.Threads;

/// <summary>Room for numbers that begins on a border of cache lines and stays where it is: no vector of them lies
/// across two lines, and threads that write to neighbouring vectors do not write to one line.</summary>
internal sealed unsafe class Aligned<T> where T : unmanaged
{
    private const int CacheLine = 64;
    private readonly T[] cells;
    private readonly int start, length;

    /// <summary>Zeros.</summary>
    public Aligned(int length)
    {
        this.length = length;
        cells = GC.AllocateArray<T>(length + CacheLine / sizeof(T), pinned: true);
        nuint place = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(cells));
        start = (int)((CacheLine - place % CacheLine) % CacheLine) / sizeof(T);
    }

    /// <summary>A copy of these numbers.</summary>
    public Aligned(ReadOnlySpan<T> numbers) : this(numbers.Length) => numbers.CopyTo(Span);

    /// <summary>The numbers.</summary>
    public Span<T> Span => cells.AsSpan(start, length);
}
