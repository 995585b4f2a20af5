using Functional;

namespace Properties.Generators;

/// <summary>Functions as a program would bring them along, each with the activation or loss of the library that it
/// is meant to equal.</summary>
internal static class Custom
{
    public static readonly (Activation Own, Activation Twin)[] Activations =
    [
        (Activation.Register<Tanh>(), Activation.Tanh), (Activation.Register<Gelu>(), Activation.Gelu),
        (Activation.Register<Mish>(), Activation.Mish),
        (Activation.Register<Elu>(), Activation.Elu()), (Activation.Register<EluByIf>(), Activation.Elu()),
        (Activation.Register<Relu>(), Activation.Relu),
        (Activation.Register<HardSigmoid>(), Activation.HardSigmoid),
        (Activation.Register<Softsign>(), Activation.Softsign), (Activation.Register<Silu>(), Activation.Silu),
    ];

    public static readonly (Loss Own, Loss Twin)[] Losses =
    [
        (Loss.Register<Squares>(), new MeanSquaredError()), (Loss.Register<HuberByIf>(), new Huber()),
        (Loss.Register<CrossEntropy>(), new SoftmaxCrossEntropy()),
    ];

    internal readonly struct Tanh : IActivationFunction
    {
        public static string Name => "own_tanh";
        public static T At<T>(T z) where T : IReal<T> => (T.Exp(z) - T.Exp(-z)) / (T.Exp(z) + T.Exp(-z));
    }

    internal readonly struct Gelu : IActivationFunction
    {
        public static string Name => "own_gelu";
        public static T At<T>(T z) where T : IReal<T> => T.Of(0.5) * z * (T.One + T.Erf(z / T.Sqrt(T.Of(2))));
    }

    internal readonly struct Mish : IActivationFunction
    {
        public static string Name => "own_mish";
        public static T At<T>(T z) where T : IReal<T> => z * T.Tanh(T.Softplus(z));
    }

    internal readonly struct Elu : IActivationFunction
    {
        public static string Name => "own_elu";
        public static T At<T>(T z) where T : IReal<T> => T.Choose(T.Zero, z, z, T.ExpM1(z));
    }

    internal readonly struct EluByIf : IActivationFunction
    {
        public static string Name => "own_elu_by_if";
        public static T At<T>(T z) where T : IReal<T> => z > T.Zero ? z : T.ExpM1(z);
    }

    internal readonly struct Relu : IActivationFunction
    {
        public static string Name => "own_relu";
        public static T At<T>(T z) where T : IReal<T> => T.Max(z, T.Zero);
    }

    internal readonly struct HardSigmoid : IActivationFunction
    {
        public static string Name => "own_hard_sigmoid";
        public static T At<T>(T z) where T : IReal<T> => T.Clamp(z / T.Of(6) + T.Of(0.5), T.Zero, T.One);
    }

    internal readonly struct Softsign : IActivationFunction
    {
        public static string Name => "own_softsign";
        public static T At<T>(T z) where T : IReal<T> => z / (T.One + T.Abs(z));
    }

    internal readonly struct Silu : IActivationFunction
    {
        public static string Name => "own_silu";
        public static T At<T>(T z) where T : IReal<T> => z * T.Sigmoid(z);
    }

    internal readonly struct Squares : ILossFunction
    {
        public static string Name => "own_squares";

        public static T At<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets) where T : IReal<T>
        {
            T sum = T.Zero;
            for (int k = 0; k < outputs.Length; k++) sum += (outputs[k] - targets[k]) * (outputs[k] - targets[k]);
            return sum / T.Of(outputs.Length);
        }
    }

    internal readonly struct HuberByIf : ILossFunction
    {
        public static string Name => "own_huber_by_if";

        public static T At<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets) where T : IReal<T>
        {
            T sum = T.Zero;
            for (int k = 0; k < outputs.Length; k++)
            {
                T error = T.Abs(outputs[k] - targets[k]);
                sum += error < T.One ? error * error / T.Of(2) : error - T.Of(0.5);
            }
            return sum / T.Of(outputs.Length);
        }
    }

    internal readonly struct CrossEntropy : ILossFunction
    {
        public static string Name => "own_cross_entropy";
        public static bool TakesClassNumbers => true;

        public static T At<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets) where T : IReal<T>
        {
            T most = outputs[0], sum = T.Zero;
            foreach (T output in outputs) most = T.Max(most, output);
            foreach (T output in outputs) sum += T.Exp(output - most);
            return T.Log(sum) + most - outputs[(int)targets[0].ToDouble()];
        }
    }
}
