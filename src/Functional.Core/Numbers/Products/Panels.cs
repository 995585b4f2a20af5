using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Products;

/// <summary>Packing: a block of a matrix copied into panels that the tile reads in a straight line, short panels filled
/// up with zeros (which no kept cell ever sees).</summary>
internal static unsafe class Panels
{
    /// <summary>The contraction indices inner.. by columns left..right, in panels of
    /// <paramref name="width"/> columns.</summary>
    public static void PackColumns<T>(
        in MatMul.View<T> b, int inner, int depth, int left, int right, int width, T* into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int whole = b.ColumnStride == 1 ? (right - left) / width : 0; // panels whose lines lie side by side
        if (whole > 0) Copy(b.At(inner, left), b.RowStride, depth, whole, width, width, into);
        into += (nint)whole * width * depth;
        for (left += whole * width; left < right; left += width, into += (nint)width * depth)
        {
            int count = Math.Min(width, right - left);
            if (count < width) new Span<T>(into, depth * width).Clear();
            PackPanel(b, inner, depth, left, count, width, into);
        }
    }

    /// <summary>The contraction indices inner.. by some columns, in a panel of <paramref name="width"/>, of which
    /// the columns left over keep what they hold.</summary>
    public static void PackPanel<T>(in MatMul.View<T> b, int inner, int depth, int left, int count, int width, T* into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (b.ColumnStride == 1) Copy(b.At(inner, left), b.RowStride, depth, 1, count, width, into);
        else Transpose(b.At(inner, left), b.ColumnStride, b.RowStride, count, depth, width, into);
    }

    // into[panel, p, i] = from[p along + panel width + i] for i below count and p below depth
    private static void Copy<T>(T* from, nint along, int depth, int panels, int count, int width, T* into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var kernel = new Copying<T>(from, along, depth, panels, count, width, into);
        Width.Run<Copying<T>, T>(ref kernel, Width.Fitting<T>(count));
    }

    private readonly struct Copying<T>(T* from, nint along, int depth, int panels, int count, int width, T* into)
        : IKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct =>
            Copy<L, V, T>(from, along, depth, panels, count, width, into);
    }

    // The last vector of a line that is no whole number of them reaches back over cells already copied.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy<L, V, T>(T* from, nint along, int depth, int panels, int count, int width, T* into)
        where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Ahead = 8; // lines that are asked for before their turn
        nint panel = (nint)depth * width;
        for (int p = 0; p < depth; p++, from += along, into += width)
        {
            T* source = from, target = into;
            for (int left = panels; left > 0; left--, source += width, target += panel)
            {
                if (Sse.IsSupported) Sse.Prefetch0(source + Ahead * along);
                int i = 0;
                for (; i + L.Count <= count; i += L.Count)
                    L.Store(L.Load(ref *source, (nuint)i), ref *target, (nuint)i);
                if (i < count)
                    L.Store(L.Load(ref *source, (nuint)(count - L.Count)), ref *target, (nuint)(count - L.Count));
            }
        }
    }

    // into[p, i] = from[i across + p along], a few contraction indices at a time, so that what is written stays in
    // the first cache until its lines are full.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose<T>(T* from, nint across, nint along, int count, int depth, int width, T* into)
        where T : unmanaged
    {
        const int Stretch = 16;
        for (int start = 0; start < depth; start += Stretch, from += Stretch * along, into += Stretch * width)
        {
            int stretch = Math.Min(Stretch, depth - start), i = 0;
            if (along == 1 && stretch == Stretch && sizeof(T) == sizeof(float) && Sse.IsSupported)
            {
                for (; i + 4 <= count; i += 4)
                    FourByFour((float*)(from + i * across), across, (float*)(into + i), width);
                for (; i + 2 <= count; i += 2)
                    TwoByFour((float*)(from + i * across), across, (float*)(into + i), width);
            }
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
            Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + across),
                c = Vector128.Load(from + 2 * across), d = Vector128.Load(from + 3 * across);
            Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d);
            Sse.MoveLowToHigh(ab, cd).Store(into);
            Sse.MoveHighToLow(cd, ab).Store(into + width);
            ab = Sse.UnpackHigh(a, b);
            cd = Sse.UnpackHigh(c, d);
            Sse.MoveLowToHigh(ab, cd).Store(into + 2 * width);
            Sse.MoveHighToLow(cd, ab).Store(into + 3 * width);
        }
    }

    // A stretch of two columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoByFour(float* from, nint across, float* into, nint width)
    {
        for (int p = 0; p < 16; p += 4, from += 4, into += 4 * width)
        {
            Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + across), low = Sse.UnpackLow(a, b),
                high = Sse.UnpackHigh(a, b);
            low.GetLower().Store(into);
            low.GetUpper().Store(into + width);
            high.GetLower().Store(into + 2 * width);
            high.GetUpper().Store(into + 3 * width);
        }
    }
}
