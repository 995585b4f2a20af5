using CsCheck;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Optimizers;

/// <summary>Averages: of parameters, which predict, and of gradients, which step.</summary>
public sealed class AveragingProperties
{
    private const int Size = 20;

    /// <summary>Every rule that averages parameters, alone and behind others; none decays them.</summary>
    private static readonly Gen<Optimizer> Averages = Gen.Select(Gen.Double[0, 0.999], Gen.Int[0, 9], Gen.Int[1, 5])
        .SelectMany((decay, start, steps) => Gen.OneOf<Optimizer>([.. Enumerable.SelectMany<Optimizer, Optimizer>(
            [new Ema(decay), new Ema(decay, Debias: true), new PolyakAverage(start), new Asgd(Lambda: 0, Start: start)],
            average =>
                [average, new Adam().Then(average), new Accumulate(steps, average), new Sam(Inner: average)])]));

    [Fact]
    public void The_average_of_no_step_is_the_network() => Gen.Select(Averages, Any.Key).Sample((rule, key) =>
        rule.Averaged(rule.Init(Network(key)), Network(key)) == Network(key));

    [Fact]
    public void The_average_of_a_network_that_never_moved_is_the_network() =>
        Gen.Select(Averages, Gen.Int[1, 12], Any.Key)
        .Sample((rule, steps, key) =>
        {
            var (network, state) = (Network(key), rule.Init(Network(key)));
            for (int step = 0; step < steps; step++) state = rule.Apply(0 * Direction(key), state, network).State;
            return Near.Equal(rule.Averaged(state, network).Parameters, network.Parameters, 1e-14);
        });

    [Fact]
    public void An_average_behind_gathered_gradients_is_the_network_until_the_first_of_their_means() =>
        Gen.Select(Averages, Gen.Int[2, 6], Any.Key).Sample((average, steps, key) =>
        {
            var (rule, network) = (new Accumulate(steps, average), Network(key));
            var state = rule.Init(network);
            for (uint step = 1; step < steps; step++)
            {
                (var update, state) = rule.Apply(Direction(key.At(step)), state, network);
                if (update.Norm() != 0 || rule.Averaged(state, network) != network) return false;
            }
            return true;
        });

    [Fact]
    public void Gathering_is_the_inner_optimizer_on_the_mean_of_equal_and_of_different_gradients() =>
        Gen.Select(Any.Optimizer, Gen.Int[1, 6], Gen.Int[1, 3], Gen.Bool, Any.Key)
            .Sample((inner, steps, rounds, areEqual, key) =>
        {
            var (rule, network, mean) = (new Accumulate(steps, inner), Network(key), Network(key));
            var (state, own) = (rule.Init(network), inner.Init(mean));
            for (uint round = 0; round < rounds; round++)
            {
                Gradient<double>[] gradients =
                    [.. Enumerable.Range(0, steps).Select(i => Direction(key.At(round).At(areEqual ? 0 : (uint)i)))];
                foreach (var gradient in gradients)
                {
                    if (network != mean) return false; // it waits
                    (var update, state) = rule.Apply(gradient, state, network);
                    network -= update;
                }
                (var step, own) = inner.Apply(1.0 / steps * gradients.Aggregate((sum, next) => sum + next), own, mean);
                mean -= step;
                if (network != mean) return false;
            }
            return Vec<double>.Of(state.Moments.Span[Size..]) == own.Moments; // after the sum
        });

    [Fact]
    public void To_a_schedule_gathered_steps_are_as_many_as_they_are() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 4], Any.Key)
        .Sample((steps, rounds, key) =>
        {
            var (rule, schedule) = (new Accumulate(steps, new Rate(0.5)), new ExponentialDecay(0.9));
            var state = rule.Init(Network(key));
            var update = Direction(key);
            for (int step = 0; step < steps * rounds; step++)
                (update, state) = rule.Apply(Direction(key), state, Network(key), schedule);
            double rate = 0.5 * Math.Pow(0.9, steps * rounds - 1);
            return Near.Equal(update.Direction, (rate * Direction(key)).Direction, 1e-14);
        });

    private static Gradient<double> Direction(Key key) => new(Draw.Normal<double>(key, Size));

    private static Network<double> Network(Key key) =>
        new(Architecture.Of(4, new Dense(4)), Draw.Normal<double>(key.For(Purpose.Init), Size));
}
