using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>
/// Sharpness-aware minimisation: gives another optimizer the gradient at w + e, where the loss of the batch is about
/// the largest within a ball around the parameters w: e = rho g / |g|, g being the gradient at w. (Foret, Kleiner,
/// Mobahi and Neyshabur, 2021) Adaptive: e = rho T^2 g / |T g| with T = |w| for each parameter. (Kwon, Kim, Park and
/// Choi, 2021, with eta = 0) A step takes two gradients of the same batch with the same dropout masks. The loss that
/// is reported and batch norm's running values are those at w; so is the gradient of a penalty, which has no part in
/// e. To be the optimizer itself or the first rule of its chain. </summary>
/// <param name="Radius">rho, above 0: in the units of the parameters; adaptive, relative to them.</param>
/// <param name="Adaptive">Whether the ball is measured relative to each parameter; 0.5 is then a usual radius.</param>
/// <param name="Inner">What sees the gradient at w + e.</param>
public sealed record Sam(double Radius = 0.05, bool Adaptive = false, Optimizer? Inner = null) : Optimizer
{
    /// <summary>What sees the gradient at w + e; SGD with rate 0.1 and momentum 0.9 unless given.</summary>
    public Optimizer Inner { get; init; } = Inner ?? new Sgd(0.1, 0.9);

    /// <inheritdoc/>
    public override int Slots => Inner.Slots;

    internal override int Scalars => Inner.Scalars;

    /// <inheritdoc/>
    public override bool IsElementwise => Inner.IsElementwise;

    internal override Optimizer Expanded => Inner.Expanded;
    internal override bool HasAverage(long steps) => Inner.HasAverage(steps);
    internal override int? AverageOffset(int parameters) => Inner.AverageOffset(parameters);
    internal override double? RateAt(in StepInfo step) => Inner.RateAt(step);
    internal override IEnumerable<(string Name, Optimizer Rule)> Within => [("inner", Inner)];
    internal override bool Ascends => true;

    internal override void Update<T>(in Stretch<T> at, in StepInfo step) => Inner.Update(at, step);

    internal override void Ascend<T>(ReadOnlySpan<T> parameters, Span<T> gradient)
    {
        if (Adaptive) Elementwise.Zip(default(TimesSize<T>), gradient, parameters, gradient);
        T square = Reduce.Dot<T>(gradient, gradient), unit = T.BitIncrement(T.One) - T.One;
        if (square < T.Epsilon / (unit * unit) || T.IsPositiveInfinity(square))
        {
            T largest = T.Zero;
            foreach (T cell in gradient) largest = T.Max(largest, T.Abs(cell));
            if (largest == T.Zero)
            {
                parameters.CopyTo(gradient);
                return;
            }
            // Squares would leave the range of the numbers, or their last digits.
            for (int i = 0; i < gradient.Length; i++) gradient[i] /= largest;
            square = Reduce.Dot<T>(gradient, gradient);
        }
        T factor = T.CreateTruncating(Radius) / T.Sqrt(square);
        if (Adaptive) Elementwise.Zip(new AddBySize<T>(factor), gradient, parameters, gradient);
        else Elementwise.Zip(new MultiplyAdd<T>(factor), gradient, parameters, gradient);
    }

    /// <inheritdoc/>
    protected internal override Optimizer Each(Fields fields) => new Sam(
        fields.Real("radius", Radius, Interval.Positive),
        fields.Flag("adaptive", Adaptive),
        fields.One("inner", Inner, Kinds));

    /// <summary>x |w|</summary>
    private readonly struct TimesSize<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V x, V w) where L : struct, ILanes<V, T> where V : struct =>
            L.Multiply(x, Signs.Size<L, V, T>(w));
    }

    /// <summary>(factor |w|) x + w, rounded once from the product of the two on</summary>
    private readonly struct AddBySize<T>(T factor) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V x, V w) where L : struct, ILanes<V, T> where V : struct =>
            L.Fma(L.Multiply(L.All(factor), Signs.Size<L, V, T>(w)), x, w);
    }
}
