using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Streams;

/// <summary>x + y</summary>
internal readonly struct Add<T> : IZip<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct => L.Add(x, y);
}

/// <summary>x - y</summary>
internal readonly struct Subtract<T> : IZip<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct => L.Subtract(x, y);
}

/// <summary>x y</summary>
internal readonly struct Multiply<T> : IZip<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct => L.Multiply(x, y);
}

/// <summary>factor x</summary>
internal readonly struct Scale<T>(T factor) : IMap<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V x) where L : struct, ILanes<V, T> where V : struct => L.Multiply(L.All(factor), x);
}

/// <summary>factor x + y, rounded once</summary>
internal readonly struct MultiplyAdd<T>(T factor) : IZip<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct => L.Fma(L.All(factor), x, y);
}

/// <summary>A function of <see cref="Elementary"/>, cell by cell, in either precision.</summary>
internal readonly struct Apply<F, T> : IMap<T> where F : struct, IFunction where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V x) where L : struct, ILanes<V, T> where V : struct => L.Through<F>(x);
}

/// <summary>y F(x): the chain rule through a function of <see cref="Elementary"/>.</summary>
internal readonly struct ChainBy<F, T> : IZip<T> where F : struct, IFunction where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct => L.Multiply(y, L.Through<F>(x));
}

/// <summary>x + amount</summary>
internal readonly struct Shift<T>(T amount) : IMap<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V x) where L : struct, ILanes<V, T> where V : struct => L.Add(x, L.All(amount));
}

/// <summary>x^2 + y, rounded once</summary>
internal readonly struct AddSquare<T> : IZip<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct => L.Fma(x, x, y);
}
