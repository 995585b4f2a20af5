using System.Numerics;
using System.Runtime.CompilerServices;

namespace Functional;

/// <summary>The numbers that training computes with.</summary>
public enum Precision
{
    /// <summary>Of 32 bits.</summary>
    Float,

    /// <summary>Of 64 bits.</summary>
    Double,
}

/// <summary>Something that is done in one of the precisions, whichever it turns out to be.</summary>
/// <typeparam name="A">What comes of it.</typeparam>
internal interface IInPrecision<out A>
{
    /// <summary>Does it.</summary>
    A Do<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>From a precision to its numbers, and back: the one place that knows both.</summary>
internal static class Precisions
{
    extension(Precision precision)
    {
        /// <summary>Does something in this precision.</summary>
        public A Do<A>(IInPrecision<A> work) => precision switch
        {
            Precision.Float => work.Do<float>(),
            Precision.Double => work.Do<double>(),
            _ => throw new ArgumentException($"the precision is {precision}; it should be float or double"),
        };

        /// <summary>How many bytes a number takes.</summary>
        public int Bytes => precision.Do(new SizeOfNumber());
    }

    /// <summary>The precision of a number.</summary>
    public static Precision Of<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Precision.Float : Precision.Double;

    /// <summary>What it is called: float or double.</summary>
    public static string NameOf<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? "float" : "double";

    private readonly struct SizeOfNumber : IInPrecision<int>
    {
        public int Do<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => Unsafe.SizeOf<T>();
    }
}
