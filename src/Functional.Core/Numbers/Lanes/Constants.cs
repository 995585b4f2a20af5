using System.Runtime.CompilerServices;

namespace Functional.Core.Numbers.Lanes;

/// <summary>A number that a kernel needs in every lane: the same one, or one for each of 16 networks that lie side by
/// side.</summary>
internal interface IConstant<C, T> where C : struct, IConstant<C, T> where T : unmanaged
{
    /// <summary>The lanes of one vector.</summary>
    V Of<L, V>() where L : struct, ILanes<V, T> where V : struct;

    /// <summary>The constant of the vectors that begin at a lane.</summary>
    C From(int lane);
}

/// <summary>The same number in every lane.</summary>
internal readonly struct Same<T>(T value) : IConstant<Same<T>, T> where T : unmanaged
{
    private readonly T value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Of<L, V>() where L : struct, ILanes<V, T> where V : struct => L.All(value);

    public Same<T> From(int lane) => this;
}

/// <summary>A number for each network.</summary>
/// <param name="at">Where they lie; it must outlast the kernel and stay where it is.</param>
internal readonly unsafe struct PerLane<T>(T* at) : IConstant<PerLane<T>, T> where T : unmanaged
{
    private readonly T* at = at;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Of<L, V>() where L : struct, ILanes<V, T> where V : struct => L.Load(ref *at, 0);

    public PerLane<T> From(int lane) => new(at + lane);
}
