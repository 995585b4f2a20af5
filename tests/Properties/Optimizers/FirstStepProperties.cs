using CsCheck;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Properties.Generators;
using Xunit;

namespace Properties.Optimizers;

/// <summary>The first step of every optimizer that people ask for by name: what the equations of its paper leave where
/// all memories are zero.</summary>
public sealed class FirstStepProperties
{
    private const int Size = 20;

    /// <summary>Numbers for the fields of an optimizer.</summary>
    private sealed record Hyper(double Rate, double Beta1, double Beta2, double Epsilon, double Lambda);

    private static readonly Gen<Hyper> Hypers = Gen.Select(
        Gen.Double[1e-4, 1], Gen.Double[0, 0.99], Gen.Double[0.05, 0.999], Gen.Double[1e-10, 0.5],
            Gen.Double[0.001, 0.5],
        (rate, beta1, beta2, epsilon, lambda) => new Hyper(rate, beta1, beta2, epsilon, lambda));

    /// <summary>What is taken from a parameter w whose derivative is g.</summary>
    private delegate double Step(Hyper h, double g, double w);

    private static readonly (Func<Hyper, Optimizer> Of, Step Taken)[] Table =
    [
        (h => new Sgd(h.Rate), (h, g, _) => h.Rate * g),
        (h => new Sgd(h.Rate, WeightDecay: h.Lambda), (h, g, w) => h.Rate * (g + h.Lambda * w)),
        (h => new Sgd(h.Rate, h.Beta1, Dampening: h.Lambda), (h, g, _) => h.Rate * g),
        (h => new Sgd(h.Rate, h.Beta1, Nesterov: true), (h, g, _) => h.Rate * (1 + h.Beta1) * g),
        (h => new Adam(h.Rate, h.Beta1, h.Beta2, h.Epsilon), OfAdam),
        (h => new Adam(h.Rate, h.Beta1, h.Beta2, h.Epsilon, Amsgrad: true), OfAdam),
        (h => new Adam(h.Rate, h.Beta1, h.Beta2, h.Epsilon, h.Lambda), (h, g, w) => OfAdam(h, g + h.Lambda * w, w)),
        (h => new AdamW(h.Rate, h.Beta1, h.Beta2, h.Epsilon, h.Lambda),
            (h, g, w) => OfAdam(h, g, w) + h.Rate * h.Lambda * w),
        (h => new Adamax(h.Rate, h.Beta1, h.Beta2, h.Epsilon), OfAdam),
        (h => new Nadam(h.Rate, h.Beta1, h.Beta2, h.Epsilon, h.Lambda), OfNadam),
        (h => new Radam(h.Rate, h.Beta1, h.Beta2, h.Epsilon), (h, g, _) => h.Rate * g), // too early for v
        (h => new RmsProp(h.Rate, h.Beta2, h.Epsilon, Momentum: h.Beta1),
            (h, g, _) => h.Rate * g / (Math.Sqrt(1 - h.Beta2) * Math.Abs(g) + h.Epsilon)),
        (h => new RmsProp(h.Rate, h.Beta2, h.Epsilon, Centered: true),
            (h, g, _) => h.Rate * g / (Math.Sqrt((1 - h.Beta2) * h.Beta2) * Math.Abs(g) + h.Epsilon)),
        (h => new Adagrad(h.Rate, h.Beta1, h.Lambda, h.Epsilon),
            (h, g, _) => h.Rate * g / (Math.Sqrt(h.Lambda + g * g) + h.Epsilon)),
        (h => new Adadelta(h.Rate, h.Beta2, h.Epsilon),
            (h, g, _) => h.Rate * g * Math.Sqrt(h.Epsilon) / Math.Sqrt((1 - h.Beta2) * g * g + h.Epsilon)),
        (h => new Lion(h.Rate, h.Beta1, h.Beta2, h.Lambda), (h, g, w) => h.Rate * (Math.Sign(g) + h.Lambda * w)),
        (h => new Rprop(h.Rate), (h, g, _) => h.Rate * Math.Sign(g)),
        (h => new Asgd(h.Rate, h.Lambda, h.Beta2), (h, g, w) => h.Rate * (g + h.Lambda * w)),
    ];

    // Both means are unbiased, so that m^ = g and v^ = g^2; Adamax has max(0, |g| + epsilon) in the place of the root.
    private static double OfAdam(Hyper h, double g, double w) => h.Rate * g / (Math.Abs(g) + h.Epsilon);

    private static double OfNadam(Hyper h, double g, double w)
    {
        double Mu(int t) => h.Beta1 * (1 - 0.5 * Math.Pow(0.96, t * h.Lambda));
        double ahead = Mu(2) * (1 - h.Beta1) * g / (1 - Mu(1) * Mu(2)) + (1 - Mu(1)) * g / (1 - Mu(1));
        return h.Rate * ahead / (Math.Abs(g) + h.Epsilon);
    }

    [Fact]
    public void The_first_step_has_the_closed_form_of_its_equations() => Assert.All(Table, row =>
        Gen.Select(Hypers, Any.Key).Sample((h, key) => row.Of(h) is var rule && Network(key) is var network
            && rule.Apply(Direction(key), rule.Init(network), network).Update.Direction is var update
            && Enumerable.Range(0, Size).All(i => IsNear(row, h, key, i, update[i]))));

    // The step in place has kernels of its own.
    [Fact]
    public void Training_takes_that_step() => Assert.All(Table, row =>
        Gen.Select(Hypers, Any.Key).Sample((h, key) => new Learner(new MeanSquaredError(), row.Of(h)) is var learner
            && new ShardGradient<double>(0, Direction(key), Vec<double>.Zeros(0), 1) is var gradient
            && learner.Update(learner.Begin(Network(key)), gradient).Network.Parameters is var after
            && Enumerable.Range(0, Size).All(i => IsNear(row, h, key, i, Network(key).Parameters[i] - after[i]))));

    [Fact]
    public void No_optimizer_is_forgotten_here() => Assert.Empty(
        Optimizer.Kinds.Prototypes.Where(rule => rule is Alias or Rprop).Select(rule => rule.GetType())
            .Except(Table.Select(row => row.Of(new(1, 0, 0, 1, 0)).GetType())));

    private static bool IsNear((Func<Hyper, Optimizer>, Step Taken) row, Hyper h, Key key, int i, double got)
    {
        double want = row.Taken(h, Direction(key).Direction[i], Network(key).Parameters[i]);
        return Math.Abs(got - want) <= 1e-12 * Math.Abs(want) + 1e-14;
    }

    private static Gradient<double> Direction(Key key) => new(Draw.Normal<double>(key, Size));

    private static Network<double> Network(Key key) =>
        new(Architecture.Of(4, new Dense(4)), Draw.Normal<double>(key.For(Purpose.Init), Size));
}
