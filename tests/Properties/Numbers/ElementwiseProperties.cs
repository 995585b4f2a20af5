using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Numbers;

/// <summary>Elementwise kernels are plain loops, to the bit, at every length around the widths of vectors.</summary>
public sealed class ElementwiseProperties
{
    [Fact]
    public void Add_is_a_plain_loop() =>
        Zips(default(Add<double>), (x, y) => x + y, default(Add<float>), (x, y) => x + y);
    [Fact]
    public void Subtract_is_a_plain_loop() =>
        Zips(default(Subtract<double>), (x, y) => x - y, default(Subtract<float>), (x, y) => x - y);
    [Fact]
    public void Multiply_is_a_plain_loop() =>
        Zips(default(Multiply<double>), (x, y) => x * y, default(Multiply<float>), (x, y) => x * y);

    [Fact]
    public void Multiply_add_rounds_once() => Zips(
        new MultiplyAdd<double>(1.3), (x, y) => Math.FusedMultiplyAdd(1.3, x, y),
        new MultiplyAdd<float>(1.3f), (x, y) => MathF.FusedMultiplyAdd(1.3f, x, y));

    [Fact]
    public void Add_square_rounds_once() => Zips(
        default(AddSquare<double>), (x, y) => Math.FusedMultiplyAdd(x, x, y), default(AddSquare<float>),
        (x, y) => MathF.FusedMultiplyAdd(x, x, y));

    [Fact]
    public void Scale_is_a_plain_loop() =>
        Maps(new Scale<double>(0.7), x => 0.7 * x, new Scale<float>(0.7f), x => 0.7f * x);
    [Fact]
    public void Shift_is_a_plain_loop() =>
        Maps(new Shift<double>(0.7), x => 0.7 + x, new Shift<float>(0.7f), x => 0.7f + x);

    [Fact]
    public void An_elementary_function_of_many_is_that_of_each() => Maps(
        default(Apply<HyperbolicTangent, double>), Elementary.Of<HyperbolicTangent>,
        default(Apply<HyperbolicTangent, float>), x => (float)Elementary.Of<HyperbolicTangent>(x));

    private static void Zips<F, G>(F f, Func<double, double, double> plain, G g, Func<float, float, float> single)
        where F : struct, IZip<double> where G : struct, IZip<float>
    {
        Zip(f, plain);
        Zip(g, single);
    }

    private static void Maps<F, G>(F f, Func<double, double> plain, G g, Func<float, float> single)
        where F : struct, IMap<double> where G : struct, IMap<float>
    {
        Map(f, plain);
        Map(g, single);
    }

    private static void Zip<F, T>(F f, Func<T, T, T> plain)
        where F : struct, IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int length = 0; length <= 70; length++)
        {
            T[] x = Cells<T>(1, length), y = Cells<T>(2, length), into = new T[length], over = [.. y];
            Elementwise.Zip(f, x, y, into);
            Elementwise.Zip(f, x, over, over);
            Assert.Equal(Vec<T>.Of([.. x.Zip(y, plain)]), Vec<T>.Of(into));
            Assert.Equal(Vec<T>.Of(into), Vec<T>.Of(over));
        }
    }

    private static void Map<F, T>(F f, Func<T, T> plain)
        where F : struct, IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int length = 0; length <= 70; length++)
        {
            T[] x = Cells<T>(1, length), into = new T[length];
            Elementwise.Map(f, x, into);
            Assert.Equal(Vec<T>.Of([.. x.Select(plain)]), Vec<T>.Of(into));
        }
    }

    private static T[] Cells<T>(uint stream, int length) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Draw.Normal<T>(Key.FromSeed(3).At(stream), length).Span.ToArray();
}
