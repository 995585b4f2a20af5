using System.Buffers;
using System.Collections;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Functional.Core.Numbers;

/// <summary>Numbers in a row that never change. Two are equal when their bits are (all NaNs counting as one).</summary>
/// <typeparam name="T">The kind of number: <c>float</c>, <c>double</c>, <c>int</c>.</typeparam>
[DebuggerDisplay("{Length} numbers")]
[CollectionBuilder(typeof(Vec), nameof(Vec.Of))]
public sealed class Vec<T> : IEquatable<Vec<T>>, IReadOnlyList<T> where T : unmanaged, INumberBase<T>
{
    private readonly T[] cells;

    private Vec(T[] owned) => cells = owned;

    /// <summary>No numbers.</summary>
    public static Vec<T> Empty { get; } = new([]);

    /// <summary>How many numbers.</summary>
    public int Length => cells.Length;

    /// <summary>The numbers, to read.</summary>
    public ReadOnlySpan<T> Span => cells;

    /// <summary>Number <paramref name="index"/>, counted from 0.</summary>
    public T this[int index] => cells[index];

    int IReadOnlyCollection<T>.Count => Length;

    /// <summary>A copy of the numbers.</summary>
    public T[] ToArray() => Span.ToArray();

    /// <summary>The numbers one by one.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => Span.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)cells).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => cells.GetEnumerator();

    /// <summary>The numbers at <paramref name="indices"/>, in that order.</summary>
    public Vec<T> Select(ReadOnlySpan<int> indices)
    {
        var picked = new T[indices.Length];
        for (int i = 0; i < picked.Length; i++) picked[i] = this[indices[i]];
        return Freeze(picked);
    }

    /// <summary>A copy of <paramref name="numbers"/>.</summary>
    public static Vec<T> Of(params ReadOnlySpan<T> numbers) => Freeze(numbers.ToArray());

    /// <summary><paramref name="length"/> zeros.</summary>
    public static Vec<T> Zeros(int length) => Freeze(new T[length]);

    /// <summary>A vector written once by <paramref name="fill"/>, which is given the only writable view there will
    /// ever be, filled with zeros. (As <c>string.Create</c>.)</summary>
    public static Vec<T> Create<TArg>(int length, TArg arg, SpanAction<T, TArg> fill) where TArg : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(fill);
        var owned = new T[length];
        fill(owned, arg);
        return Freeze(owned);
    }

    /// <summary>Makes a vector of an array whose giver keeps no reference to it.</summary>
    internal static Vec<T> Freeze(T[] owned) => owned.Length == 0 ? Empty ?? new(owned) : new(owned);

    /// <summary>The same bits in the same order.</summary>
    public bool Equals(Vec<T>? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || other.Length != Length) return false;
        if (MemoryMarshal.AsBytes(Span).SequenceEqual(MemoryMarshal.AsBytes(other.Span))) return true;
        for (int i = 0; i < Length; i++)
            if (!SameBits(cells[i], other.cells[i]))
                return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Vec<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Length);
        foreach (var cell in Span[..Math.Min(Length, 16)]) hash.Add(cell);
        return hash.ToHashCode();
    }

    /// <summary>Same bits.</summary>
    public static bool operator ==(Vec<T>? left, Vec<T>? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Other bits.</summary>
    public static bool operator !=(Vec<T>? left, Vec<T>? right) => !(left == right);

    /// <summary>The first numbers, and how many more there are.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"[{string.Join(", ", cells.Take(6).Select(Text))}{(Length > 6 ? $", ... {Length} numbers" : "")}]");

    private static string Text(T x) => x.ToString(null, System.Globalization.CultureInfo.InvariantCulture);

    private static bool SameBits(T a, T b) =>
        (T.IsNaN(a) && T.IsNaN(b))
        || MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in a))
            .SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in b)));
}
