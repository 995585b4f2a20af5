namespace Functional.Data;

/// <summary>A row of items whose number is not known before: pieces that are never copied while it grows, so that
/// it takes little more memory than its items do.</summary>
internal sealed class Grown<T>
{
    private const int Smallest = 16, Largest = 1 << 16;
    private readonly List<T[]> full = [];
    private T[] last = new T[Smallest];
    private int used;

    public void Add(T item)
    {
        if (used == last.Length)
        {
            full.Add(last);
            last = new T[Math.Min(2 * last.Length, Largest)];
            used = 0;
        }
        last[used++] = item;
    }

    public T[] ToArray()
    {
        var all = new T[full.Sum(piece => piece.Length) + used];
        int at = 0;
        foreach (var piece in full)
        {
            piece.CopyTo(all, at);
            at += piece.Length;
        }
        last.AsSpan(0, used).CopyTo(all.AsSpan(at));
        return all;
    }
}
