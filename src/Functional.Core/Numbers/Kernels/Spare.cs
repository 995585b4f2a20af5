namespace Functional.Core.Numbers.Kernels;

/// <summary>Room that a thread keeps from one call to the next, so that small work done often neither allocates nor clears it.</summary>
internal static class Spare<T> where T : unmanaged
{
    private const int Most = 1 << 21; // numbers kept

    [ThreadStatic] private static Aligned<T>? kept;

    /// <summary>Room for at least so many numbers; what it holds is garbage. Whoever takes it has it alone, also where calls nest.</summary>
    public static Aligned<T> Take(int length)
    {
        var room = kept;
        kept = null;
        return room is not null && room.Span.Length >= length ? room : new(length);
    }

    /// <summary>Gives room back for the next call.</summary>
    public static void Return(Aligned<T> room)
    {
        if (room.Span.Length <= Most) kept = room;
    }
}
