using System.Collections;
using System.Runtime.CompilerServices;

namespace Functional;

/// <summary>A short list as a value: it never changes, and two are equal when their items are, in order. Made by a
/// collection expression, <c>[first, second]</c>.</summary>
/// <typeparam name="A">What it holds.</typeparam>
[CollectionBuilder(typeof(Items), nameof(Items.Of))]
public sealed class Items<A> : IReadOnlyList<A>, IEquatable<Items<A>>
{
    private readonly A[] items;

    internal Items(ReadOnlySpan<A> items) => this.items = items.ToArray();

    /// <summary>No items.</summary>
    public static Items<A> Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => items.Length;

    /// <inheritdoc/>
    public A this[int index] => items[index];

    /// <summary>Equal items in the same order.</summary>
    public bool Equals(Items<A>? other) => other is not null && items.SequenceEqual(other.items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Items<A>);

    /// <summary>Equal items in the same order.</summary>
    public static bool operator ==(Items<A>? left, Items<A>? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Other items, or another order.</summary>
    public static bool operator !=(Items<A>? left, Items<A>? right) => !(left == right);

    /// <inheritdoc/>
    public override int GetHashCode() => items.Aggregate(items.Length, HashCode.Combine);

    /// <summary>The items between brackets.</summary>
    public override string ToString() => $"[{string.Join(", ", items)}]";

    /// <inheritdoc/>
    public IEnumerator<A> GetEnumerator() => items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}

/// <summary>Makes lists; collection expressions call it.</summary>
public static class Items
{
    /// <summary>The list of some items.</summary>
    public static Items<A> Of<A>(ReadOnlySpan<A> items) => items.IsEmpty ? Items<A>.Empty : new(items);
}
