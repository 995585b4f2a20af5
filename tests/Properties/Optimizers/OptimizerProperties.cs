using CsCheck;
using Functional;
using Functional.Core.Forms;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Optimizers;

/// <summary>Optimizers are data and form a monoid; what they do is what their parts do in turn.</summary>
public sealed class OptimizerProperties
{
    private const int Size = 20;

    [Fact]
    public void Optimizers_form_a_monoid() =>
        Monoid.Holds(Any.Optimizer, (first, second) => first.Then(second), Optimizer.Identity);

    [Fact]
    public void Optimizers_form_a_monoid_in_what_they_do() =>
        Gen.Select(Any.Optimizer, Any.Optimizer, Any.Optimizer, Any.Key).Sample((a, b, c, key) =>
            After(a.Then(b).Then(c), key) == After(a.Then(b.Then(c)), key)
            && After(Optimizer.Identity.Then(a), key) == After(a, key)
            && After(a.Then(Optimizer.Identity), key) == After(a, key));

    [Fact]
    public void A_chain_is_its_parts_by_hand() =>
        Gen.Select(Any.Optimizer, Any.Optimizer, Any.Key).Sample((first, second, key) =>
    {
        var (chain, network) = (first.Then(second), Network(key));
        var (whole, left, right) = (chain.Init(network), first.Init(network), second.Init(network));
        for (uint step = 0; step < 4; step++)
        {
            Gradient<double> gradient = Direction(key.At(step)), update, half, byHand;
            (update, whole) = chain.Apply(gradient, whole, network);
            (half, left) = first.Apply(gradient, left, network);
            (byHand, right) = second.Apply(half, right, network);
            if (update != byHand || whole.Moments != Vec<double>.Of([.. left.Moments.Span, .. right.Moments.Span]))
                return false;
            network -= update;
        }
        return true;
    });

    [Fact]
    public void A_recipe_is_what_it_means() => Gen.Select(Any.Optimizer, Any.Key).Sample((optimizer, key) =>
        After(optimizer, key) == After(optimizer.Expanded, key) && optimizer.Expanded.Expanded == optimizer.Expanded);

    [Fact]
    public void Identity_changes_nothing() => Any.Key.Sample(key =>
        Optimizer.Identity.Apply(Direction(key), Optimizer.Identity.Init(Network(key)), Network(key)).Update
        == Direction(key));

    [Fact]
    public void Plain_sgd_is_the_rate() => Gen.Select(Gen.Double[1e-4, 10], Any.Key).Sample((rate, key) =>
        new Sgd(rate).Expanded == new Rate(rate) && Apply(new Sgd(rate), key) == rate * Direction(key));

    [Fact]
    public void Nesterov_without_memory_is_the_gradient() => Any.Key.Sample(
        key => Apply(new Nesterov(0), key) == Direction(key) && Apply(new Momentum(0), key) == Direction(key));

    [Fact]
    public void Momentum_sums_what_came_before() => Gen.Select(Gen.Double[0, 0.99], Any.Key).Sample((decay, key) =>
        new Momentum(decay) is var momentum && Network(key) is var network
        && momentum.Apply(Direction(key.At(0)), momentum.Init(network), network).State is var state
        && Near.Equal(
            momentum.Apply(Direction(key.At(1)), state, network).Update.Direction,
            (decay * Direction(key.At(0)) + Direction(key.At(1))).Direction, 1e-15));

    [Fact]
    public void The_first_step_of_adam_is_as_long_as_the_rate_in_every_direction() =>
        Gen.Select(Gen.Double[1e-4, 1], Any.Key).Sample((rate, key) =>
            Apply(new Adam(rate), key).Direction is var update && Enumerable.Range(0, Size).All(i =>
                Math.Abs(Math.Abs(update[i]) - rate) < rate * 1e-8 / Math.Abs(Direction(key).Direction[i]) + 1e-14
                && Math.Sign(update[i]) == Math.Sign(Direction(key).Direction[i])));

    [Fact]
    public void Adam_does_not_feel_the_scale_of_gradients() =>
        Gen.Select(Gen.Int[-20, 20], Any.Key).Sample((power, key) =>
            new Adam(Epsilon: 1e-300) is var adam && Near.Equal(
                adam.Apply(
                    Math.ScaleB(1, power) * Direction(key), adam.Init(Network(key)), Network(key)).Update.Direction,
                Apply(adam, key).Direction, 1e-14));

    [Fact]
    public void Decoupled_decay_shrinks_parameters_that_have_no_gradient() =>
        Gen.Select(Gen.Double[0, 0.5], Any.Key).Sample((lambda, key) =>
            new AdamW(0.1, WeightDecay: lambda) is var adam && Near.Equal(
                (Network(key)
                    - adam.Apply(0 * Direction(key), adam.Init(Network(key)), Network(key)).Update).Parameters,
                ((1 - 0.1 * lambda) * new Gradient<double>(Network(key).Parameters)).Direction, 1e-14));

    [Fact]
    public void Clipping_never_lengthens_nor_turns() => Gen.Select(Gen.Double[0.01, 20], Any.Key).Sample((max, key) =>
        Apply(new ClipNorm(max), key) is var clipped
        && clipped.Norm() <= Math.Min(max, Direction(key).Norm())
        && (Direction(key).Norm() > max || clipped == Direction(key))
        && Math.Abs(clipped.Dot(Direction(key)) - clipped.Norm() * Direction(key).Norm())
            < 1e-12 * Direction(key).Norm() * clipped.Norm());

    [Fact]
    public void Apply_leaves_its_arguments_as_they_were() =>
        Gen.Select(Any.Optimizer, Any.Key).Sample((optimizer, key) =>
    {
        var (gradient, network) = (Direction(key), Network(key));
        var state = optimizer.Init(network);
        var first = optimizer.Apply(gradient, state, network);
        return optimizer.Apply(gradient, state, network) == first && gradient == Direction(key)
            && network == Network(key) && state == optimizer.Init(network);
    });

    [Fact]
    public void Optimizers_are_read_back_as_they_were_written() => RoundTrip.Holds(
        Any.Optimizer,
        optimizer => $$"""{"data":"xor","optimizer":{{Written.Of(optimizer, Optimizer.Kinds).ToJsonString()}}}""",
        json => Functional.Experiment.Parse(json)
            .IfFail(faults => throw new FormatException($"{faults}")).Settings.Optimizer);

    // Update and memories after three steps.
    private static (Gradient<double>, OptimizerState<double>) After(Optimizer optimizer, Key key)
    {
        var (network, state) = (Network(key), optimizer.Init(Network(key)));
        for (uint step = 0; step < 3; step++)
        {
            (var update, state) = optimizer.Apply(Direction(key.At(step)), state, network);
            network -= update;
        }
        return (new(network.Parameters), state);
    }

    private static Gradient<double> Apply(Optimizer optimizer, Key key) =>
        optimizer.Apply(Direction(key), optimizer.Init(Network(key)), Network(key)).Update;
    private static Gradient<double> Direction(Key key) => new(Draw.Normal<double>(key, Size));
    private static Network<double> Network(Key key) =>
        new(Architecture.Of(4, new Dense(4)), Draw.Normal<double>(key.For(Purpose.Init), Size));
}
