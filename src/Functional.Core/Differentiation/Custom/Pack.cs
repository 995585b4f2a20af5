using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;

#pragma warning disable RS0030 // the functions of Real are Elementary's

namespace Functional.Core.Differentiation.Custom;

/// <summary>
/// As many <see cref="Real"/>s as a hardware vector has lanes, each with the bits that it has alone: a function
/// over generic arithmetic runs on all of them at once, and on <see cref="Dual{T}"/>s of them with its derivatives.
/// </summary>
/// <remarks>A question with one answer for all (<c>if</c>, a loop that ends by value) is answered for the first
/// lane; where lanes differ that leaves a <see cref="LaneDivergence"/>, and <see cref="Packed"/> asks them one
/// after the other.</remarks>
internal readonly struct Pack<L, V>(V lanes) : IReal<Pack<L, V>> where L : struct, ILanes<V, double> where V : struct
{
    public V Lanes => lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> Of(double value) => new(L.All(value));

    public double ToDouble()
    {
        double first = Packed.Lane(lanes, 0);
        for (int i = 1; i < L.Count; i++)
            if (!Packed.Lane(lanes, i).Equals(first)) LaneDivergence.Arise();
        return first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> operator +(Pack<L, V> left, Pack<L, V> right) => new(L.Add(left.Lanes, right.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> operator -(Pack<L, V> left, Pack<L, V> right) => new(L.Subtract(left.Lanes, right.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> operator *(Pack<L, V> left, Pack<L, V> right) => new(L.Multiply(left.Lanes, right.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> operator /(Pack<L, V> left, Pack<L, V> right) => new(L.Divide(left.Lanes, right.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> operator -(Pack<L, V> value) => new(Lane.Negate<L, V>(value.Lanes));

    public static bool operator <(Pack<L, V> left, Pack<L, V> right) => Answer(L.Less(left.Lanes, right.Lanes));
    public static bool operator <=(Pack<L, V> left, Pack<L, V> right) => Answer(L.LessOrEqual(left.Lanes, right.Lanes));
    public static bool operator >(Pack<L, V> left, Pack<L, V> right) => right < left;
    public static bool operator >=(Pack<L, V> left, Pack<L, V> right) => right <= left;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> Choose(Pack<L, V> x, Pack<L, V> y, Pack<L, V> less, Pack<L, V> otherwise) => new(L.Select(
        L.Less(x.Lanes, y.Lanes), less.Lanes,
        L.Select(L.LessOrEqual(y.Lanes, x.Lanes), otherwise.Lanes, L.All(double.NaN))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> Exp(Pack<L, V> x) => new(Numbers.Functions.Exp.At<L, V>(x.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> ExpM1(Pack<L, V> x) => new(Expm1.At<L, V>(x.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> Log(Pack<L, V> x) => new(Numbers.Functions.Log.At<L, V>(x.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> LogP1(Pack<L, V> x) => new(Log1p.At<L, V>(x.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> Sqrt(Pack<L, V> x) => new(L.Sqrt(x.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> Tanh(Pack<L, V> x) => new(HyperbolicTangent.At<L, V>(x.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> Sin(Pack<L, V> x) => new(Numbers.Functions.Sin.At<L, V>(x.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> Cos(Pack<L, V> x) => new(Numbers.Functions.Cos.At<L, V>(x.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> Erf(Pack<L, V> x) => new(Numbers.Functions.Erf.At<L, V>(x.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> Sigmoid(Pack<L, V> x) => new(Logistic.At<L, V>(x.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pack<L, V> Softplus(Pack<L, V> x) => new(Log1pExp.At<L, V>(x.Lanes));

    // What is made of several elementary functions goes lane by lane.
    public static Pack<L, V> Exp2(Pack<L, V> x) => Each(x, Real.Exp2);
    public static Pack<L, V> Exp10(Pack<L, V> x) => Each(x, Real.Exp10);
    public static Pack<L, V> Exp2M1(Pack<L, V> x) => Each(x, Real.Exp2M1);
    public static Pack<L, V> Exp10M1(Pack<L, V> x) => Each(x, Real.Exp10M1);
    public static Pack<L, V> Log(Pack<L, V> x, Pack<L, V> newBase) => Each(x, newBase, Real.Log);
    public static Pack<L, V> Log2(Pack<L, V> x) => Each(x, Real.Log2);
    public static Pack<L, V> Log10(Pack<L, V> x) => Each(x, Real.Log10);
    public static Pack<L, V> Log2P1(Pack<L, V> x) => Each(x, Real.Log2P1);
    public static Pack<L, V> Log10P1(Pack<L, V> x) => Each(x, Real.Log10P1);
    public static Pack<L, V> Cbrt(Pack<L, V> x) => Each(x, Real.Cbrt);
    public static Pack<L, V> RootN(Pack<L, V> x, int n) => Each(x, cell => Real.RootN(cell, n));
    public static Pack<L, V> Hypot(Pack<L, V> x, Pack<L, V> y) => Each(x, y, Real.Hypot);
    public static Pack<L, V> Pow(Pack<L, V> x, Pack<L, V> y) => Each(x, y, Real.Pow);
    public static Pack<L, V> Sinh(Pack<L, V> x) => Each(x, Real.Sinh);
    public static Pack<L, V> Cosh(Pack<L, V> x) => Each(x, Real.Cosh);
    public static Pack<L, V> Asinh(Pack<L, V> x) => Each(x, Real.Asinh);
    public static Pack<L, V> Acosh(Pack<L, V> x) => Each(x, Real.Acosh);
    public static Pack<L, V> Atanh(Pack<L, V> x) => Each(x, Real.Atanh);
    public static Pack<L, V> operator %(Pack<L, V> left, Pack<L, V> right) => Each(left, right, (x, y) => x % y);

    private static Pack<L, V> Each(Pack<L, V> x, Func<Real, Real> f) => Each(x, x, (cell, _) => f(cell));

    private static Pack<L, V> Each(Pack<L, V> x, Pack<L, V> y, Func<Real, Real, Real> f)
    {
        var found = x.Lanes;
        for (int i = 0; i < L.Count; i++)
            Packed.Lane(ref found, i) = f(Packed.Lane(x.Lanes, i), Packed.Lane(y.Lanes, i)).Value;
        return new(found);
    }

    private static bool Answer(V mask) => new Pack<L, V>(L.Select(mask, L.All(1), L.All(0))).ToDouble() != 0;
}
