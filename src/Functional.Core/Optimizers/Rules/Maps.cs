using System.Numerics;

namespace Functional;

/// <summary>What a rule of a program's own does to each number of a direction or memory.</summary>
public static class Maps
{
    extension<T>(Span<T> numbers) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>Replaces each number by that of a function.</summary>
        public void Map(Func<T, T> f)
        {
            ArgumentNullException.ThrowIfNull(f);
            for (int i = 0; i < numbers.Length; i++) numbers[i] = f(numbers[i]);
        }

        /// <summary>Replaces each number by that of a function, rounded.</summary>
        public void Map(Func<T, double> f)
        {
            ArgumentNullException.ThrowIfNull(f);
            for (int i = 0; i < numbers.Length; i++) numbers[i] = T.CreateTruncating(f(numbers[i]));
        }
    }
}
