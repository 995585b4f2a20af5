using CsCheck;
using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Differentiation;

/// <summary>Activations and losses that a program brings along: their values are the functions', their derivatives
/// those of dual numbers and of reverse mode.</summary>
public sealed class CustomProperties
{
    [Fact]
    public void An_activation_of_a_function_is_the_librarys_own_with_its_slope_and_its_curvature() =>
        Gen.Double[-6, 6].Where(z => z != 0).Array[1, 40].Sample(z =>
            Assert.All(Custom.Activations, pair =>
            {
                var (own, twin) = (Run(pair.Own, z), Run(pair.Twin, z));
                Close(own.A, twin.A, 1e-14);
                Close(own.Slope, twin.Slope, 1e-12);
                Close(own.Curve, twin.Curve, 1e-11);
            }), iter: 200);

    [Fact]
    public void In_float_it_is_the_function_in_double_rounded_once() => Gen.Float[-6, 6].Array[1, 40].Sample(z =>
        Assert.All(Custom.Activations, pair =>
        {
            var a = new float[z.Length];
            pair.Own.Apply<float>(z, a, 1);
            Assert.Equal(Run(pair.Own, [.. z.Select(x => (double)x)]).A.Select(x => (float)x), a);
        }), iter: 100);

    [Fact]
    public void A_branch_gives_each_number_the_bits_that_it_has_alone() => Gen.Double[-2, 2].Array[1, 40].Sample(z =>
    {
        var (a, slope, curve) = Run(Activation.Register<Custom.EluByIf>(), z);
        Assert.Equal(z.Select(x => Custom.EluByIf.At<Real>(x).Value), a);
        Assert.Equal(z.Select(x => Forward.Derivative(Custom.EluByIf.At, x)), slope);
        Assert.Equal(z.Select(x => Forward.SecondDerivative(Custom.EluByIf.At, x)), curve);
    });

    [Fact]
    public void Long_streams_have_the_bits_of_their_numbers_alone() =>
        Gen.Select(Any.Key, Gen.Int[1, 1300]).Sample((key, length) => Assert.All(Custom.Activations, pair =>
    {
        Alone(
            pair.Own, Draw.Normal<float>(key.At(0), length).Span.ToArray(),
            Draw.Normal<float>(key.At(1), length).Span.ToArray());
        Alone(
            pair.Own, Draw.Normal<double>(key.At(0), length).Span.ToArray(),
            Draw.Normal<double>(key.At(1), length).Span.ToArray());
    }), iter: 30);

    // Forward in place, and a delta that is none of ones.
    private static void Alone<T>(Activation phi, T[] z, T[] delta)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        T[] a = [.. z], chained = [.. delta];
        phi.Apply<T>(a, a, 1);
        phi.MultiplyByDerivative<T>(z, a, chained, 1);
        for (int i = 0; i < z.Length; i++)
        {
            T[] alone = [z[i]], one = [T.One];
            phi.Apply<T>(alone, alone, 1);
            phi.MultiplyByDerivative<T>([z[i]], alone, one, 1);
            Assert.Equal((alone[0], one[0] * delta[i]), (a[i], chained[i]));
        }
    }

    /// <summary>Uses every function there is, those that are not vectorized too.</summary>
    private readonly struct Wild : IActivationFunction
    {
        public static string Name => "wild";

        public static T At<T>(T z) where T : IReal<T>
        {
            T square = z * z, near = T.Of(1.5) + square, small = z / (T.One + square);
            T lost = T.Exp2M1(small) + T.Exp10M1(small) - T.Log2P1(square) - T.Log10P1(square);
            return lost + T.Exp2(small) + T.Exp10(small)
                + T.Log2(near) + T.Log10(near) + T.Log(near, T.Of(3)) + T.LogP1(square)
                + T.Cbrt(near) + T.RootN(near, 4) + T.Hypot(z, near)
                + T.Pow(near, small) + T.Sinh(small) + T.Cosh(small) + T.Asinh(z) + T.Acosh(near) + T.Atanh(small)
                + T.Sin(z) + T.Cos(z) + T.Erf(z) + T.Sqrt(near) - T.Min(z, small);
        }
    }

    /// <summary>Of what is left of a division, the slope is worked out number by number.</summary>
    private readonly struct Saw : IActivationFunction
    {
        public static string Name => "saw";
        public static T At<T>(T z) where T : IReal<T> => z % T.Of(0.7) + T.Of(3) % (z * z);
    }

    [Fact]
    public void Every_elementary_function_gives_lanes_the_bits_of_a_number_alone() => HasTheBitsOfNumbersAlone<Wild>();

    [Fact]
    public void What_is_left_of_a_division_gives_lanes_the_bits_of_a_number_alone() => HasTheBitsOfNumbersAlone<Saw>();

    private static void HasTheBitsOfNumbersAlone<F>() where F : struct, IActivationFunction =>
        Gen.Double[-2, 2].Array[1, 20].Sample(z =>
    {
        var (a, slope, curve) = Run(Activation.Register<F>(), z);
        Assert.Equal(z.Select(x => F.At<Real>(x).Value), a);
        Assert.Equal(z.Select(x => Forward.Derivative(F.At, x)), slope);
        Assert.Equal(z.Select(x => Forward.SecondDerivative(F.At, x)), curve);
    });

    [Fact]
    public void A_NaN_stays_one() => Assert.All(
        Custom.Activations, pair => Assert.Equal([double.NaN, double.NaN], Run(pair.Own, [double.NaN, double.NaN]).A));

    [Fact]
    public void A_loss_of_a_function_is_the_librarys_own_with_its_derivatives() => Gen.Select(
        Gen.Int[1, 5], Gen.Int[1, 4], Any.Key).Sample((rows, width, key) =>
        Assert.All(Custom.Losses, pair =>
        {
            var outputs = new Matrix<double>(rows, width, Draw.Normal<double>(key.At(0), rows * width, 0, 2));
            var targets = Any.Targets(width, pair.Twin, rows).Single();
            var along = Draw.Normal<double>(key.At(1), rows * width);
            var (own, twin) = (pair.Own.ValueAndDelta(outputs, targets), pair.Twin.ValueAndDelta(outputs, targets));
            Close([own.Value, .. own.Delta.Cells.Span], [twin.Value, .. twin.Delta.Cells.Span], 1e-13);
            Close(Bent(pair.Own), Bent(pair.Twin), 1e-12);

            double[] Bent(Loss loss)
            {
                var bent = new double[rows * width];
                loss.EvaluateTangent(outputs.Cells.Span, targets.Cells.Span, [], along.Span, rows, rows, bent);
                return bent;
            }
        }), iter: 100);

    [Fact]
    public void The_check_of_gradients_and_products_with_the_Hessian_take_them_as_they_take_the_librarys() =>
        Assert.All(
        Custom.Activations.Where(pair => pair.Twin != Activation.Relu && pair.Twin != Activation.HardSigmoid), pair =>
        {
            var (loss, key) = (Loss.Register<Custom.CrossEntropy>(), Key.FromSeed(4));
            var samples = new Moons(Samples: 30).Make(key).For(loss);
            Network<double> Of(Activation phi) => Network<double>.Init(
                Architecture.Of(2, new Dense(5, phi), new LayerNorm(), new Activate(phi), new Dense(2)),
                new Initializer.GlorotNormal(), key);
            Assert.InRange(
                GradientCheck.Of(Of(pair.Own), samples, loss, key).Max(layer => layer.RelativeError), 0, 1e-7);
            var along = Any.Direction(Of(pair.Own)).Single();
            Close(
                Of(pair.Own).HessianProduct(loss, samples, along).Direction.Span.ToArray(),
                Of(pair.Twin).HessianProduct(new SoftmaxCrossEntropy(), samples, along).Direction.Span.ToArray(),
                1e-11);
        });

    [Fact]
    public void An_experiment_names_them_and_a_model_keeps_them()
    {
        var (phi, loss) = (Activation.Register<Custom.Gelu>(), Loss.Register<Custom.CrossEntropy>());
        var data = new Moons(Samples: 120).Make(Key.FromSeed(1));
        var trained = Mlp.Classifier([6], phi)
            .Train(data, options => options with { Loss = loss, Epochs = 3, Optimizer = new Adam(0.01) });
        string json = trained.Experiment.ToJson();
        Assert.Contains("\"own_gelu\"", json, StringComparison.Ordinal);
        Assert.Contains("\"own_cross_entropy\"", json, StringComparison.Ordinal);
        var read = Experiment.Parse(json, LearningTask.Of(data))
            .IfFail(faults => throw new InvalidOperationException(string.Join(" | ", faults)));
        Assert.Equal(trained.Experiment, read);

        string file = Path.GetTempFileName();
        trained.Model.Save(file);
        var again = Model.Load(file);
        File.Delete(file);
        Assert.Equal(trained.Results.Model.Outputs(data.Inputs), again.Outputs(data.Inputs));
        Assert.Equal(trained.Results.Model.Loss, again.Loss);
    }

    [Fact]
    public void Names_are_given_once()
    {
        Assert.Equal(Activation.Register<Custom.Tanh>(), Activation.Register<Custom.Tanh>());
        Assert.Equal(
            "an activation is called \"tanh\" already; another one should have another name",
            Assert.Throws<ArgumentException>(() => Activation.Register<Taken>()).Message);
        Assert.Equal(
            "the name of a loss is \"My loss\"; it should be lower-case letters, digits and underscores, "
                + "a letter first",
            Assert.Throws<ArgumentException>(() => Loss.Register<Unwritten>()).Message);
        Assert.DoesNotContain(
            Activation.Kinds.Prototypes,
            phi => Activation.Kinds.NameOf(phi).StartsWith("own_", StringComparison.Ordinal));
    }

    private readonly struct Taken : IActivationFunction
    {
        public static string Name => "tanh";
        public static T At<T>(T z) where T : IReal<T> => z;
    }

    private readonly struct Unwritten : ILossFunction
    {
        public static string Name => "My loss";
        public static T At<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets) where T : IReal<T> => outputs[0];
    }

    private static (double[] A, double[] Slope, double[] Curve) Run(Activation phi, double[] z)
    {
        double[] a = new double[z.Length], slope = [.. z.Select(_ => 1.0)], curve = new double[z.Length];
        phi.Apply<double>(z, a, 1);
        phi.MultiplyByDerivative<double>(z, a, slope, 1);
        phi.SecondDerivative<double>(phi.NeedsZ ? z : a, curve);
        return (a, slope, curve);
    }

    private static void Close(double[] found, double[] expected, double within)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < found.Length; i++)
            Assert.True(
                Math.Abs(found[i] - expected[i]) <= within * (1 + Math.Abs(expected[i])),
                $"{found[i]:R} at {i} should be {expected[i]:R}");
    }
}
