using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Optimizers;

/// <summary>Sharpness-aware minimisation: where it ascends to, and what it does with the gradient there.</summary>
public sealed class SamProperties
{
    private const int Size = 20;

    private static readonly Gen<double> Radii = Gen.Double[0.001, 2];

    [Fact]
    public void It_ascends_by_rho_g_over_its_norm_or_adaptively_by_rho_T2_g_over_the_norm_of_T_g() =>
        Gen.Select(Radii, Gen.Bool, Any.Key).Sample((radius, adaptive, key) =>
    {
        var (network, gradient) = (Network(key), Direction(key));
        var e = Ascent(new Sam(radius, adaptive), network, gradient);
        double[] sizes = [.. network.Parameters.ToArray().Select(w => adaptive ? Math.Abs(w) : 1)];
        double norm = Math.Sqrt(Enumerable.Range(0, Size).Sum(i => Math.Pow(sizes[i] * gradient.Direction[i], 2)));
        return Near.Equal(e.Direction, Vec<double>.Of([.. Enumerable.Range(0, Size)
            .Select(i => radius * sizes[i] * sizes[i] * gradient.Direction[i] / norm)]), 1e-14);
    });

    // The sums of numeric law 2, and one rounding for each parameter.
    [Fact]
    public void The_bits_of_the_second_point_are_those_of_the_numeric_law() =>
        Gen.Select(Radii, Gen.Bool, Any.Key).Sample((radius, adaptive, key) =>
    {
        var (network, gradient) = (Network(key), Direction(key));
        double[] w = network.Parameters.ToArray(), s = gradient.Direction.ToArray();
        if (adaptive) s = [.. s.Select((g, i) => g * Math.Abs(w[i]))];
        double factor = radius / new Gradient<double>(Vec<double>.Of(s)).Norm();
        return There(new Sam(radius, adaptive), network, gradient).Parameters == Vec<double>.Of([.. s.Select(
            (cell, i) => Fused.MultiplyAdd(adaptive ? factor * Math.Abs(w[i]) : factor, cell, w[i]))]);
    });

    [Fact]
    public void Where_the_gradient_is_zero_it_stays() => Gen.Select(Gen.Bool, Any.Key).Sample((adaptive, key) =>
        There(new Sam(1, adaptive), Network(key), 0 * Direction(key)) == Network(key)
        && There(new Sam(1, Adaptive: true), new Network<double>(Network(key).Architecture, Vec<double>.Zeros(Size)),
            Direction(key)).Parameters == Vec<double>.Zeros(Size));

    // Squares of the smallest and largest would underflow and overflow; only the direction counts.
    [Fact]
    public void It_ascends_by_its_radius_however_small_or_large_the_gradient_is() =>
        Gen.Select(Gen.Int[-1000, 1000], Gen.Bool, Any.Key).Sample((power, adaptive, key) =>
            Ascent(new Sam(0.5, adaptive), Network(key), Math.ScaleB(1, power) * Direction(key)) is var scaled
            && Near.Equal(
                scaled.Direction, Ascent(new Sam(0.5, adaptive), Network(key), Direction(key)).Direction, 1e-12));

    [Fact]
    public void It_ascends_by_its_radius_in_float_too() =>
        Gen.Select(Gen.Int[-120, 120], Any.Key).Sample((power, key) =>
    {
        var network = new Network<float>(Network(key).Architecture, Vec<float>.Zeros(Size));
        Gradient<float> gradient = new(Draw.Normal<float>(key, Size));
        var there = Learner(new Sam(0.5)).Ascent(
            Learner(new Sam()).Begin(network), new(1f, MathF.ScaleB(1, power) * gradient, Vec<float>.Zeros(0), 1))!;
        return Math.Abs(new Gradient<float>(there.Parameters).Norm() - 0.5) < 1e-6;
    });

    [Fact]
    public void A_step_is_that_of_the_inner_optimizer_on_the_gradient_at_the_second_point() =>
        Gen.Select(Radii, Gen.Bool, Any.Key).Sample((radius, adaptive, key) =>
    {
        Optimizer inner = new Momentum(0.9).Then(new Rate(0.1));
        var penalty = new Penalty.ElasticNet(0.01, 0.02);
        var learner = new Learner(
            new HalfSumSquaredError(), new Sam(radius, adaptive, inner), key, Penalty: penalty);
        var state = learner.Begin(Masked(key));
        var memory = inner.Init(state.Network);
        foreach (var batch in Batches.From(Samples(key), 8, key).Take(4))
        {
            var network = state.Network;
            var samples = batch.Samples.Select(batch.Order.Span.Slice(batch.Start, batch.Count));
            var mode = Mode.Training(key.For(Purpose.Dropout).AtStep(state.Step));
            (double Loss, Gradient<double> Gradient, Vec<double> Running) At(Network<double> where)
            {
                var (outputs, tape) = where.Forward(samples.Inputs, mode);
                var (loss, delta) = learner.Loss.ValueAndDelta(outputs, samples.Targets);
                return (loss, where.Backward(tape, delta).Gradient, tape.Running);
            }
            var (loss, gradient, running) = At(network);
            double[] sizes = [.. network.Parameters.ToArray().Select(w => adaptive ? Math.Abs(w) : 1)];
            double norm = Math.Sqrt(sizes.Select((t, i) => Math.Pow(t * gradient.Direction[i], 2)).Sum());
            Gradient<double> e = new(Vec<double>.Of(
                [.. sizes.Select((t, i) => radius * t * t * gradient.Direction[i] / norm)]));
            var (extra, penalized) = penalty.Onto(At(network + e).Gradient, network);
            (var update, memory) = inner.Apply(penalized, memory, network);
            state = learner.Step(state, batch);
            if (!Near.Equal(state.Network.Parameters, (network - update).Parameters, 1e-10)
                || !Near.Equal(state.Network.Running, running, 1e-12)
                || state.Outcome is not Outcome.Trained(var told) || Math.Abs(told - loss - extra) > 1e-12 * told)
                return false;
            memory = state.Optimizer;
        }
        return true;
    }, iter: 50);

    [Fact]
    public void With_a_tiny_radius_it_is_the_inner_optimizer() =>
        Gen.Select(Gen.Bool, Gen.OneOf<Optimizer>(new Sgd(0.1, 0.9), new Adam(Epsilon: 0.1)), Any.Key)
        .Sample((adaptive, inner, key) =>
            Near.Equal(After(new Sam(1e-9, adaptive, inner), key), After(inner, key), 1e-7)
            && Near.Distance(After(new Sam(0.5, adaptive, inner), key), After(inner, key)) > 1e-6, iter: 50);

    // f(w) = |X w - t|^2 / 2 has the gradient g = X'(X w - t) and the Hessian X'X.
    [Fact]
    public void On_a_quadratic_it_steps_along_the_gradient_and_what_the_Hessian_makes_of_it() =>
        Gen.Select(Radii, Gen.Double[0.001, 0.1], Gen.Bool, Any.Key).Sample((radius, rate, adaptive, key) =>
    {
        var (x, t) = (Draw.Normal<double>(key.At(0), 12), Draw.Normal<double>(key.At(1), 4));
        var network = new Network<double>(
            Architecture.Of(3, new Dense(1, Activation.Identity, Bias: false)), Draw.Normal<double>(key.At(2), 3));
        double[] w = network.Parameters.ToArray(), g = Normal(w, t);
        double[] sizes = [.. w.Select(cell => adaptive ? Math.Abs(cell) : 1)];
        double norm = Math.Sqrt(g.Select((cell, i) => sizes[i] * sizes[i] * cell * cell).Sum());
        double[] up = Normal([.. g.Select((cell, i) => sizes[i] * sizes[i] * cell / norm)], Vec<double>.Zeros(4));
        var learner = Learner(new Sam(radius, adaptive, new Sgd(rate)));
        var next = learner.Step(
            learner.Begin(network), Batch<double>.All(new Samples<double>(new(4, 3, x), new(4, 1, t))));
        return Near.Equal(
            next.Network.Parameters,
            Vec<double>.Of([.. w.Select((cell, i) => cell - rate * (g[i] + radius * up[i]))]), 1e-12);

        // X'(X v - t)
        double[] Normal(double[] v, Vec<double> target)
        {
            double[] rest = [.. Enumerable.Range(0, 4)
                .Select(row => Enumerable.Range(0, 3).Sum(i => x[3 * row + i] * v[i]) - target[row])];
            return [.. Enumerable.Range(0, 3)
                .Select(i => Enumerable.Range(0, 4).Sum(row => x[3 * row + i] * rest[row]))];
        }
    });

    [Fact]
    public void Shards_and_threads_of_both_gradients_are_those_of_one_whole_batch() =>
        Gen.Select(Gen.Bool, Any.Key).Sample((adaptive, key) =>
    {
        var learner = Learner(new Sam(0.3, adaptive, new Sgd(0.1, 0.9)));
        var start = learner.Begin(Network<double>.Init(
            Architecture.Of(3, new Dense(6, Activation.Tanh), new Dense(2)), new Initializer.GlorotUniform(), key));
        Batch<double>[] batches = [.. Batches.From(Samples(key), 8, key).Take(3)];
        var whole = learner.Fold(start, batches);
        return Enumerable.Range(1, 4).Select(power => learner with { Shards = 1 << power }).All(cut =>
            cut.Fold(start, batches, threads: 1) is var one
            && Near.Equal(one.Network.Parameters, whole.Network.Parameters, 1e-10)
            && Enumerable.Range(2, 2).All(threads => cut.Fold(start, batches, threads) == one));
    }, iter: 20);

    [Fact]
    public void A_second_loss_that_is_not_finite_is_divergence() => Any.Key.Sample(key =>
    {
        var learner = Learner(new Sam(1e300, Inner: new Sgd(1e-9)));
        var start = learner.Begin(Masked(key));
        return learner.Step(start, Batch<double>.All(Samples(key))) is { Outcome: Outcome.Diverged(1, var loss) } end
            && double.IsFinite(loss) && end.Network.Parameters == start.Network.Parameters;
    }, iter: 20);

    [Fact]
    public void What_follows_it_in_a_chain_sees_the_same_gradient() =>
        Gen.Select(Radii, Any.Key).Sample((radius, key) =>
            After(new Sam(radius, Inner: new Momentum(0.5)).Then(new Rate(0.1)), key)
            == After(new Sam(radius, Inner: new Momentum(0.5).Then(new Rate(0.1))), key), iter: 20);

    [Fact]
    public void What_predicts_is_what_the_inner_optimizer_averages() => Gen.Select(
        Gen.OneOf<Optimizer>(
            new Adam(), new Ema(0.5), new Adam().Then(new PolyakAverage()), new Accumulate(3, new Ema(0.5))),
        Gen.Int[0, 7], Any.Key).Sample((inner, steps, key) =>
    {
        var (sam, network) = (new Sam(Inner: inner), Network(key));
        var state = sam.Init(network);
        for (uint step = 0; step < steps; step++)
            state = sam.Apply(Direction(key.At(step)), state, network).State;
        return sam.Averaged(state, network) == inner.Averaged(state, network)
            && sam.Then(new Rate(1)).Averaged(state, network) == inner.Averaged(state, network);
    }, iter: 50);

    private static Learner Learner(Optimizer optimizer) => new(new HalfSumSquaredError(), optimizer);

    private static Network<double> There(Sam sam, Network<double> network, Gradient<double> gradient) =>
        Learner(sam).Ascent(Learner(sam).Begin(network), new(1, gradient, network.Running, 1))!;

    private static Gradient<double> Ascent(Sam sam, Network<double> network, Gradient<double> gradient) =>
        new Gradient<double>(There(sam, network, gradient).Parameters) - new Gradient<double>(network.Parameters);

    private static Vec<double> After(Optimizer optimizer, Key key)
    {
        var learner = new Learner(new HalfSumSquaredError(), optimizer, key);
        return learner.Fold(learner.Begin(Masked(key)), Batches.From(Samples(key), 8, key).Take(3)).Network.Parameters;
    }

    private static Samples<double> Samples(Key key) => new(
        new(24, 3, Draw.Normal<double>(key.At(5), 72)), new(24, 2, Draw.Normal<double>(key.At(6), 48)));

    private static Network<double> Masked(Key key) => Network<double>.Init(
        Architecture.Of(3, new Dense(6, Activation.Tanh), new Dropout(0.2), new BatchNorm(), new Dense(2)),
        new Initializer.GlorotUniform(), key);

    private static Gradient<double> Direction(Key key) => new(Draw.Normal<double>(key, Size));

    private static Network<double> Network(Key key) =>
        new(Architecture.Of(4, new Dense(4)), Draw.Normal<double>(key.For(Purpose.Init), Size));
}
