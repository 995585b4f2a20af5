using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Products;

/// <summary>
/// The innermost loop of a product whose left factor is full of zeros: row by row, twelve or eight vectors of
/// columns are kept in registers, to which only the row's numbers other than zero contribute. The chains are those
/// of <see cref="Tile{L,V,T}"/> without the links that change nothing.
/// </summary>
internal static unsafe class SparseTile<L, V, T>
    where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int Vectors = 12, FewVectors = 8;

    /// <summary>How far one line of B is from the next, in a panel of any width.</summary>
    public static int Pitch => Vectors * L.Count;

    private const int AtOnce = 2; // places read in one go
    private const int Bits = 16;

    /// <summary>to = from + (values times the lines of b at these places, given in bytes) for some rows of so many
    /// values each, in a panel of so many vectors.</summary>
    public static void Run(
        int vectors, T* values, ushort* places, int* counts, int rows, T* b, T* from, nint fromStep, T* to, nint toStep)
    {
        if (vectors == Vectors) Run<Broad>(values, places, counts, rows, b, from, fromStep, to, toStep);
        else Run<Narrow>(values, places, counts, rows, b, from, fromStep, to, toStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TPanel>(
        T* values, ushort* places, int* counts, int rows, T* b, T* from, nint fromStep, T* to, nint toStep)
        where TPanel : struct
    {
        nuint n = (nuint)L.Count;
        V s8 = default, s9 = default, s10 = default, s11 = default;
        for (; rows > 0; rows--, counts++, from += fromStep, to += toStep)
        {
            V s0 = L.Load(ref *from, 0), s1 = L.Load(ref *from, n), s2 = L.Load(ref *from, 2 * n),
                s3 = L.Load(ref *from, 3 * n);
            V s4 = L.Load(ref *from, 4 * n), s5 = L.Load(ref *from, 5 * n), s6 = L.Load(ref *from, 6 * n),
                s7 = L.Load(ref *from, 7 * n);
            if (typeof(TPanel) == typeof(Broad))
                (s8, s9, s10, s11) = (
                    L.Load(ref *from, 8 * n), L.Load(ref *from, 9 * n), L.Load(ref *from, 10 * n),
                    L.Load(ref *from, 11 * n));
            T* end = values + *counts;
            for (; values + AtOnce <= end; values += AtOnce, places += AtOnce)
            {
                uint two = Two(places);
                Add<TPanel>(
                    *values, Line(b, (ushort)two), ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7,
                    ref s8, ref s9, ref s10, ref s11);
                Add<TPanel>(
                    values[1], Line(b, (ushort)(two >> Bits)), ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6,
                    ref s7, ref s8, ref s9, ref s10, ref s11);
            }
            for (; values < end; values++, places++)
                Add<TPanel>(
                    *values, Line(b, *places), ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7, ref s8,
                    ref s9, ref s10, ref s11);
            L.Store(s0, ref *to, 0);
            L.Store(s1, ref *to, n);
            L.Store(s2, ref *to, 2 * n);
            L.Store(s3, ref *to, 3 * n);
            L.Store(s4, ref *to, 4 * n);
            L.Store(s5, ref *to, 5 * n);
            L.Store(s6, ref *to, 6 * n);
            L.Store(s7, ref *to, 7 * n);
            if (typeof(TPanel) != typeof(Broad)) continue;
            L.Store(s8, ref *to, 8 * n);
            L.Store(s9, ref *to, 9 * n);
            L.Store(s10, ref *to, 10 * n);
            L.Store(s11, ref *to, 11 * n);
        }
    }

    // The first place below, the second above.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Two(ushort* places) =>
        BitConverter.IsLittleEndian ? *(uint*)places : BitOperations.RotateLeft(*(uint*)places, Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* Line(T* b, ushort place) => (T*)((byte*)b + (nuint)place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TPanel>(
        T value, T* line, ref V s0, ref V s1, ref V s2, ref V s3, ref V s4, ref V s5, ref V s6, ref V s7, ref V s8,
        ref V s9, ref V s10, ref V s11)
        where TPanel : struct
    {
        nuint n = (nuint)L.Count;
        V all = L.All(value);
        s0 = L.Fma(all, L.Load(ref *line, 0), s0);
        s1 = L.Fma(all, L.Load(ref *line, n), s1);
        s2 = L.Fma(all, L.Load(ref *line, 2 * n), s2);
        s3 = L.Fma(all, L.Load(ref *line, 3 * n), s3);
        s4 = L.Fma(all, L.Load(ref *line, 4 * n), s4);
        s5 = L.Fma(all, L.Load(ref *line, 5 * n), s5);
        s6 = L.Fma(all, L.Load(ref *line, 6 * n), s6);
        s7 = L.Fma(all, L.Load(ref *line, 7 * n), s7);
        if (typeof(TPanel) != typeof(Broad)) return;
        s8 = L.Fma(all, L.Load(ref *line, 8 * n), s8);
        s9 = L.Fma(all, L.Load(ref *line, 9 * n), s9);
        s10 = L.Fma(all, L.Load(ref *line, 10 * n), s10);
        s11 = L.Fma(all, L.Load(ref *line, 11 * n), s11);
    }

    private readonly struct Broad;

    private readonly struct Narrow;
}
