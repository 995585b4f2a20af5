using Functional.Core.Numbers.Functions;

namespace Functional.Core.Numbers.Lanes;

/// <summary>
/// The exactly specified operations of numeric law 1 on <c>Count</c> numbers at once. A kernel is written once over
/// this interface and the JIT makes one machine loop for each width; since every operation is rounded by IEEE-754 in
/// each lane alone, all widths give the same bits.
/// </summary>
/// <typeparam name="V">What holds the lanes: a hardware vector, or one number.</typeparam>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
internal interface ILanes<V, T> where V : struct where T : unmanaged
{
    static abstract int Count { get; }
    static abstract V Load(ref T source, nuint at);
    static abstract void Store(V lanes, ref T target, nuint at);
    static abstract V All(T value);
    static abstract V Add(V a, V b);
    static abstract V Subtract(V a, V b);
    static abstract V Multiply(V a, V b);
    static abstract V Divide(V a, V b);
    static abstract V Sqrt(V a);

    /// <summary>a b + c, rounded once.</summary>
    static abstract V Fma(V a, V b, V c);

    /// <summary>All bits set where a is below b, none elsewhere (NaN compares false).</summary>
    static abstract V Less(V a, V b);
    static abstract V LessOrEqual(V a, V b);
    static abstract V Equal(V a, V b);
    static abstract V Select(V mask, V yes, V no);

    /// <summary>True where any lane of a mask is set.</summary>
    static abstract bool Any(V mask);
    static abstract V And(V a, V b);
    static abstract V Or(V a, V b);
    static abstract V Xor(V a, V b);

    /// <summary>Integer operations on the bits of a lane; for 64-bit lanes only.</summary>
    static abstract V ShiftLeft(V a, int bits);
    static abstract V ShiftRight(V a, int bits);

    /// <summary>A function of <see cref="Elementary"/>, evaluated in double and rounded once to
    /// <typeparamref name="T"/>.</summary>
    static abstract V Through<F>(V x) where F : struct, IFunction;
}

/// <summary>A function of one variable, written once over lanes of doubles.</summary>
internal interface IFunction
{
    static abstract V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct;

    /// <summary>For an x that is a float: any number that rounds to the same float as the function's. What no float
    /// needs can be left out.</summary>
    static virtual V AtFloat<F, L, V>(V x)
        where F : struct, IFunction where L : struct, ILanes<V, double> where V : struct =>
        F.At<L, V>(x);
}
