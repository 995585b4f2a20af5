// Kernels and passes one by one, under BenchmarkDotNet:
//
//     dotnet run -c Release --project bench/Kernels -- --filter '*Product*'

using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Products;
using Functional.Core.Numbers.Streams;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;

BenchmarkSwitcher.FromAssembly(typeof(Kernels.Product).Assembly).Run(args);

namespace Kernels
{
    /// <summary>The three products of a dense layer: X W + b, X' D and D W'.</summary>
    [MemoryDiagnoser]
    public class Product
    {
        private float[] x = [], w = [], b = [], d = [], z = [], dw = [], dx = [];

        [Params(1, 32, 256)]
        public int Rows { get; set; }

        [Params(64, 512, 1024)]
        public int Width { get; set; }

        [GlobalSetup]
        public void Fill()
        {
            (x, d, z, dx) =
                (Normal(Rows * Width), Normal(Rows * Width), new float[Rows * Width], new float[Rows * Width]);
            (w, b, dw) = (Normal(Width * Width), Normal(Width), new float[Width * Width]);
        }

        [Benchmark]
        public void Forward() => MatMul.Multiply<float>(x, w, b, z, Rows, Width, Width, 1);

        [Benchmark]
        public void WeightGradient() => MatMul.MultiplyLeftTransposed<float>(x, d, dw, Width, Rows, Width, 1);

        [Benchmark]
        public void InputGradient() => MatMul.MultiplyRightTransposed<float>(d, w, dx, Rows, Width, Width, 1);

        private static float[] Normal(int length) =>
            Draw.Normal<float>(Key.FromSeed((ulong)length), length).Span.ToArray();
    }

    /// <summary>Functions over 4096 numbers.</summary>
    public class Functions
    {
        private readonly float[] x = Draw.Normal<float>(Key.FromSeed(1), 4096).Span.ToArray(), y = new float[4096];

        [Benchmark]
        public void Exponential() => Elementwise.Map<Apply<Exp, float>, float>(default, x, y);

        [Benchmark]
        public void Tanh() => Elementwise.Map<Apply<HyperbolicTangent, float>, float>(default, x, y);

        [Benchmark]
        public float Sum() => Reduce.Sum<float>(x);

        [Benchmark]
        public void Columns() => Reduce.Columns<float>(x, y.AsSpan(0, 64));
    }

    /// <summary>Passes and a step of a small net.</summary>
    [MemoryDiagnoser]
    public class Passes
    {
        private readonly Network<float> network = Network<float>.Init(
            Architecture.Of(64, new Dense(100, Activation.Relu), new Dense(10)), new Initializer.HeNormal(),
            Key.FromSeed(1));
        private readonly Matrix<float> inputs = new(32, 64, Draw.Normal<float>(Key.FromSeed(2), 32 * 64));
        private readonly Learner learner = new(new SoftmaxCrossEntropy(), new Adam());
        private TrainState<float> state = null!;
        private Batch<float> batch;

        [GlobalSetup]
        public void Begin() => (state, batch) = (
            learner.Begin(network), Batch<float>.All(new(inputs, new(32, 1, Vec<float>.Of(
                [.. Draw.Integers(Key.FromSeed(3), 32, 10).Span.ToArray().Select(label => (float)label)])))));

        [Benchmark]
        public Matrix<float> Predict() => network.Predict(inputs, 1);

        [Benchmark]
        public TrainState<float> HundredSteps() => learner.Fold(state, Enumerable.Repeat(batch, 100), 1);
    }
}
