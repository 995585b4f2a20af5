namespace Functional.Core.Randomness;

/// <summary>
/// Threefry-2x32: a function from a key and a counter of two words each to two words that look random, with nothing
/// remembered between calls. (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011.)
/// </summary>
internal static class Threefry
{
    private const uint Parity = 0x1BD11BDA;

    /// <summary>The block of <paramref name="counter"/> under <paramref name="key"/> after <paramref name="rounds"/> rounds;
    /// the library always takes 20.</summary>
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
}
