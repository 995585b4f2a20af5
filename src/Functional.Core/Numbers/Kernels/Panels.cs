using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Functional.Core.Numbers.Kernels;

/// <summary>Packing: a block of a matrix copied into panels that the tile reads in a straight line, short panels filled
/// up with zeros (which no kept cell ever sees).</summary>
internal static unsafe class Panels
{
    /// <summary>The contraction indices inner.. by columns left..right, in panels of <paramref name="width"/> columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackColumns<T>(in MatMul.View<T> b, int inner, int depth, int left, int right, int width, T* into) where T : unmanaged
    {
        for (int column = left; column < right; column += width, into += depth * width)
            Pack(b.At(inner, column), b.ColumnStride, b.RowStride, Math.Min(width, right - column), depth, width, into);
    }

    /// <summary>into[p, i] = from[i across + p along] for i below count and p below depth; zero for i from count to width.</summary>
    private static void Pack<T>(T* from, nint across, nint along, int count, int depth, int width, T* into) where T : unmanaged
    {
        if (count < width) new Span<T>(into, depth * width).Clear();
        if (across != 1) Transpose(from, across, along, count, depth, width, into);
        else if (count == width && width * sizeof(T) % sizeof(Vector128<T>) == 0) CopyWhole(from, along, depth, width, into);
        else
            for (int p = 0; p < depth; p++)
                Unsafe.CopyBlockUnaligned(into + p * width, from + p * along, (uint)(count * sizeof(T)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyWhole<T>(T* from, nint along, int depth, int width, T* into) where T : unmanaged
    {
        if (width == 2 * Vector512<T>.Count && Vector512.IsHardwareAccelerated)
            for (int p = 0; p < depth; p++, from += along, into += width)
            {
                Vector512.Store(Vector512.Load(from), into);
                Vector512.Store(Vector512.Load(from + width / 2), into + width / 2);
            }
        else
            for (int p = 0; p < depth; p++, from += along, into += width)
                for (int i = 0; i < width; i += Vector128<T>.Count)
                    Vector128.Store(Vector128.Load(from + i), into + i);
    }

    // A few contraction indices at a time, so that what is written stays in the first cache until its lines are full.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose<T>(T* from, nint across, nint along, int count, int depth, int width, T* into) where T : unmanaged
    {
        const int Stretch = 16;
        for (int start = 0; start < depth; start += Stretch, from += Stretch * along, into += Stretch * width)
        {
            int stretch = Math.Min(Stretch, depth - start), i = 0;
            if (along == 1 && stretch == Stretch && sizeof(T) == sizeof(float) && Sse.IsSupported)
                for (; i + 4 <= count; i += 4) FourByFour((float*)(from + i * across), across, (float*)(into + i), width);
            for (; i < count; i++)
                for (int p = 0; p < stretch; p++)
                    into[p * width + i] = from[i * across + p * along];
        }
    }

    // A stretch of four columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByFour(float* from, nint across, float* into, nint width)
    {
        for (int p = 0; p < 16; p += 4, from += 4, into += 4 * width)
        {
            Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + across), c = Vector128.Load(from + 2 * across), d = Vector128.Load(from + 3 * across);
            Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d);
            Sse.MoveLowToHigh(ab, cd).Store(into);
            Sse.MoveHighToLow(cd, ab).Store(into + width);
            ab = Sse.UnpackHigh(a, b);
            cd = Sse.UnpackHigh(c, d);
            Sse.MoveLowToHigh(ab, cd).Store(into + 2 * width);
            Sse.MoveHighToLow(cd, ab).Store(into + 3 * width);
        }
    }
}
