using System.Numerics;
using System.Runtime.CompilerServices;

namespace Functional.Core.Randomness;

/// <summary>
/// Threefry-2x32: a function from a key and a counter of two words each to two words that look random, with nothing
/// remembered between calls. (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011.)
/// </summary>
internal static class Threefry
{
    private const uint Parity = 0x1BD11BDA;

    /// <summary>The block of <paramref name="counter"/> under <paramref name="key"/> after
    /// <paramref name="rounds"/> rounds; the library always takes 20.</summary>
    public static (uint X, uint Y) Block((uint X, uint Y) key, (uint X, uint Y) counter, int rounds = 20)
    {
        ReadOnlySpan<byte> rotations = [13, 15, 26, 6, 17, 29, 16, 24];
        ReadOnlySpan<uint> schedule = [key.X, key.Y, Parity ^ key.X ^ key.Y];
        uint x = counter.X + schedule[0], y = counter.Y + schedule[1];
        for (int round = 0; round < rounds; round++)
        {
            x += y;
            y = uint.RotateLeft(y, rotations[round % 8]) ^ x;
            if (round % 4 != 3) continue;
            int group = round / 4 + 1;
            x += schedule[group % 3];
            y += schedule[(group + 1) % 3] + (uint)group;
        }
        return (x, y);
    }

    /// <summary>The 20-round blocks of counters (first, lane), (first + 1, lane) and so on, modulo 2^32, each as
    /// one word with X above Y: to the bits of <see cref="Block"/>, as many at once as a vector holds.</summary>
    public static void Fill((uint X, uint Y) key, uint first, uint lane, Span<ulong> into)
    {
        int count = Vector<uint>.Count, done = 0;
        if (Vector.IsHardwareAccelerated)
            for (; done + count <= into.Length; done += count) Several(key, first + (uint)done, lane, into[done..]);
        for (; done < into.Length; done++)
        {
            var (x, y) = Block(key, (first + (uint)done, lane));
            into[done] = ((ulong)x << 32) | y;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Several((uint X, uint Y) key, uint first, uint lane, Span<ulong> into)
    {
        var (k0, k1, k2) = (new Vector<uint>(key.X), new Vector<uint>(key.Y), new Vector<uint>(Parity ^ key.X ^ key.Y));
        var (x, y) = FourRounds(Vector.CreateSequence(first, 1u) + k0, new Vector<uint>(lane) + k1, 13, 15, 26, 6);
        (x, y) = FourRounds(x + k1, y + k2 + new Vector<uint>(1), 17, 29, 16, 24);
        (x, y) = FourRounds(x + k2, y + k0 + new Vector<uint>(2), 13, 15, 26, 6);
        (x, y) = FourRounds(x + k0, y + k1 + new Vector<uint>(3), 17, 29, 16, 24);
        (x, y) = FourRounds(x + k1, y + k2 + new Vector<uint>(4), 13, 15, 26, 6);
        Vector.Widen(x + k2, out var above, out var aboveUpper);
        Vector.Widen(y + k0 + new Vector<uint>(5), out var below, out var belowUpper);
        ((above << 32) | below).CopyTo(into);
        ((aboveUpper << 32) | belowUpper).CopyTo(into[Vector<ulong>.Count..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<uint> X, Vector<uint> Y) FourRounds(
        Vector<uint> x, Vector<uint> y, int a, int b, int c, int d)
    {
        x += y;
        y = ((y << a) | (y >>> (32 - a))) ^ x;
        x += y;
        y = ((y << b) | (y >>> (32 - b))) ^ x;
        x += y;
        y = ((y << c) | (y >>> (32 - c))) ^ x;
        x += y;
        y = ((y << d) | (y >>> (32 - d))) ^ x;
        return (x, y);
    }
}
