namespace Functional.Core.Numbers.Threads;

/// <summary>Room that a thread keeps from one call to the next, so that small work done often neither
/// allocates nor clears it.</summary>
internal static class ThreadCache<T> where T : unmanaged
{
    private const int Most = 1 << 21; // numbers kept
    private const int Deepest = 4;    // calls within calls that each find their own

    [ThreadStatic] private static Aligned<T>?[]? kept;
    [ThreadStatic] private static int count;

    /// <summary>Room for at least so many numbers; what it holds is garbage. Whoever takes it has it alone, also
    /// where calls nest.</summary>
    public static Aligned<T> Take(int length)
    {
        if (count == 0) return new(length);
        var room = kept![--count]!;
        kept[count] = null;
        return room.Span.Length >= length ? room : new(length);
    }

    /// <summary>Gives room back for the next call.</summary>
    public static void Return(Aligned<T> room)
    {
        if (room.Span.Length > Most || count == Deepest) return;
        kept ??= new Aligned<T>?[Deepest];
        kept[count++] = room;
    }
}
