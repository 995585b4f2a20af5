using System.Numerics;
using Functional;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;
using Functional.Core.Optimizers;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Bits;

/// <summary>Arithmetic on subnormal numbers by way of normal ones is IEEE-754's, to the bit; and so is a step of
/// Adam whose means have faded away.</summary>
public sealed class SubnormalsBits
{
    [Fact] public void A_product_with_subnormal_floats_is_rounded_once() => Products<float>();
    [Fact] public void A_product_with_subnormal_doubles_is_rounded_once() => Products<double>();
    [Fact] public void A_quotient_of_subnormal_floats_is_rounded_once() => Quotients<float>();
    [Fact] public void A_quotient_of_subnormal_doubles_is_rounded_once() => Quotients<double>();
    [Fact] public void A_step_of_Adam_in_floats_is_that_of_the_law_where_means_fade() => Steps<float>();
    [Fact] public void A_step_of_Adam_in_doubles_is_that_of_the_law_where_means_fade() => Steps<double>();

    [Fact] public void Parameters_move_by_floats_of_any_size_as_the_law_has_it() => Moves<float>();
    [Fact] public void Parameters_move_by_doubles_of_any_size_as_the_law_has_it() => Moves<double>();

    private static void Moves<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int least = typeof(T) == typeof(float) ? -149 : -1074;
        int[] powers = [.. Enumerable.Range(0, 200).Select(i => least * i / 199)];
        (T X, T D)[] pairs = [.. powers.SelectMany(x =>
            powers.Select(d => (T.ScaleB(T.One, x), (x + d) % 2 == 0 ? T.ScaleB(T.One, d) : -T.ScaleB(T.One, d))))];
        foreach (T factor in (T[])[T.CreateTruncating(1e-3), T.One, T.ScaleB(T.One, 20),
            T.ScaleB(T.One, -2 * least / 5), T.CreateTruncating(0.7)])
        {
            T[] moved = [.. pairs.Select(pair => pair.X)], direction = [.. pairs.Select(pair => pair.D)];
            Assert.True(Descent.By(factor).Move(direction, moved));
            Assert.Equal(pairs.Select(pair => pair.X - factor * pair.D), moved);
        }
    }

    private static void Products<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = Subnormal<T>(Key.FromSeed(1));
        double[] factors = [0, 0.5, 0.9, 0.999, 0.25, 0.75, 1 - 1.0 / (1 << 24), 1,
            .. Draw.Uniform<double>(Key.FromSeed(2), 20, 0, 1).Span];
        foreach (T factor in factors.Select(T.CreateTruncating))
            Same(
                new Times<T>(factor), x, x, (a, _) => T.FusedMultiplyAdd(factor, a, T.CopySign(T.Zero, a)),
                $"times {factor}");
    }

    private static void Quotients<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = Subnormal<T>(Key.FromSeed(3));
        double[] sizes = [
            1.0 / (1 << 30), 1e-8, 0.25, 0.5, 1, 2, 4, 8, 3, 6, 1e4, 1e30, double.PositiveInfinity, double.NaN,
            .. Draw.Uniform<double>(Key.FromSeed(4), 20, -30, 30).Span.ToArray().Select(double.Exp2)
                .Where(size => size >= 1.0 / (1 << 30))];
        foreach (T divisor in sizes.Select(T.CreateTruncating).SelectMany(size =>
            new[] { size, T.BitIncrement(size), T.Max(T.BitDecrement(size), T.CreateTruncating(1.0 / (1 << 30))) }))
            Same(new Over<T>(), x, [.. x.Select(_ => divisor)], (a, b) => a / b, $"over {divisor}");
        T[] normal = Draw.Normal<T>(Key.FromSeed(5), x.Length).Span.ToArray(),
            mixed = [.. x.Select((a, i) => i % 3 == 0 ? a : normal[i])];
        Same(
            new Over<T>(), mixed, [.. normal.Select(a => T.Abs(a) + T.CreateTruncating(1e-8))], (a, b) => a / b,
            "over many");
    }

    private static void Steps<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] faint = Subnormal<T>(Key.FromSeed(6)),
            gradient = Draw.Normal<T>(Key.FromSeed(7), faint.Length).Span.ToArray(),
            means = Draw.Normal<T>(Key.FromSeed(8), faint.Length).Span.ToArray();
        int n = faint.Length;
        T[] direction = new T[n], parameters = new T[n], memory = new T[2 * n], wanted = new T[n], kept = new T[2 * n];
        foreach (var (every, rate, number, areSmall, beta) in new (int, double, long, bool, double)[]
            {
                (1, 1e-3, 5000, true, 0.9), (2, 1e-3, 5000, true, 0.9), (3, 1e9, 5000, true, 0.9),
                (16, 1e-3, 5000, true, 0.9), (2, 1e-3, 3, true, 0.9), (2, 1e-3, 5000, false, 0.9),
                (3, 1e-3, 5000, false, 0.9), (16, 1e-3, 5000, false, 0.9), (n, 1, 5000, false, 0.9),
                (16, 1e9, 5000, false, 0.9), (3, 1e-3, 5, true, 0), (3, 1e-3, 5000, true, 1e-50)
            })
        {
            for (int i = 0; i < n; i++)
            {
                // Of every few, one still moves; the squares of the others have faded, or not yet, or are zero.
                bool moves = i % every == 1;
                direction[i] = moves ? gradient[i] : i % 5 == 0 ? T.NegativeZero : T.Zero;
                memory[i] = moves && i % 7 != 0 ? means[i] : faint[i];
                memory[n + i] = i % 4 == 0 ? T.Abs(faint[(i + 1) % n]) : i % 4 == 1 ? T.Zero : means[i] * means[i];
                parameters[i] = !areSmall || (i % 11 != 0 && i % 13 != 0) ? means[(i + 5) % n]
                    : i % 11 == 0 ? i % 2 == 0 ? T.Zero : T.NegativeZero
                    : faint[i];
            }
            Step(direction, parameters, memory, wanted, kept, rate, number, beta);
            new UpdateSweep(new Adam(Rate: rate, Beta1: beta), n)
                .Step<T>(direction, parameters, memory, new StepInfo { Number = number }, 1);
            Assert.Equal(kept, memory);
            Assert.Equal(kept.Select(T.IsNegative), memory.Select(T.IsNegative));
            Assert.Equal(wanted, parameters);
            Assert.Equal(wanted.Select(T.IsNegative), parameters.Select(T.IsNegative));
        }
    }

    // The law's operations, one parameter at a time.
    private static void Step<T>(
        T[] direction, T[] parameters, T[] memory, T[] wanted, T[] kept, double rate, long number, double beta)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = direction.Length;
        T keepMean = T.CreateTruncating(beta), takeMean = T.CreateTruncating(1 - beta),
            keepSquare = T.CreateTruncating(0.999), takeSquare = T.CreateTruncating(1 - 0.999);
        T mean = T.CreateTruncating(1 / Elementary.Gathered(beta, number)),
            root = T.CreateTruncating(1 / Math.Sqrt(Elementary.Gathered(0.999, number)));
        for (int i = 0; i < n; i++)
        {
            T g = direction[i];
            kept[i] = T.FusedMultiplyAdd(keepMean, memory[i], takeMean * g);
            kept[n + i] = T.FusedMultiplyAdd(keepSquare, memory[n + i], takeSquare * (g * g));
            wanted[i] = parameters[i] - T.CreateTruncating(rate)
                * (mean * kept[i] / T.FusedMultiplyAdd(root, T.Sqrt(kept[n + i]), T.CreateTruncating(1e-8)));
        }
    }

    // A few steps, many steps, and nearly as many as make a normal number; of either sign.
    private static T[] Subnormal<T>(Key key) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double whole = typeof(T) == typeof(float) ? 1 << 23 : 1L << 52;
        double[] steps = [.. Enumerable.Range(0, 40).Select(i => (double)i),
            .. Draw.Uniform<double>(key.At(0), 500, 0, 1).Span.ToArray().Select(u => Math.Floor(u * whole)),
            .. Draw.Uniform<double>(key.At(1), 500, 0, 1).Span.ToArray().Select(u => Math.Floor(Math.Pow(whole, u))),
            .. Enumerable.Range(1, 40).Select(i => whole - i)];
        return [.. steps.SelectMany(
            count => new[] { T.Epsilon * T.CreateTruncating(count), -T.Epsilon * T.CreateTruncating(count) })];
    }

    private static void Same<F, T>(F found, T[] x, T[] y, Func<T, T, T> wanted, string what)
        where F : struct, IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var into = new T[x.Length];
        Elementwise.Zip(found, x, y, into);
        for (int i = 0; i < x.Length; i++)
        {
            T right = wanted(x[i], y[i]);
            if (!into[i].Equals(right) || (!T.IsNaN(right) && T.IsNegative(into[i]) != T.IsNegative(right)))
                Assert.Fail($"{x[i]} {what} ({y[i]}) is {into[i]}, not {right}");
        }
    }

    private readonly struct Times<T>(T factor) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct =>
            Subnormals<T>.Product<L, V>(L.All(factor), x);
    }

    private readonly struct Over<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct =>
            Subnormals<T>.Quotient<L, V>(x, y, L.Or(Subnormals<T>.Is<L, V>(x), L.Equal(x, L.All(T.Zero))));
    }
}
