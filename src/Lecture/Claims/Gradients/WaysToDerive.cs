using Functional.Core.Differentiation;
using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Differentiation.Textbook;
using Functional.Core.Networks;
using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>The ways to a derivative of Baydin et al. (2018): by hand, numeric, symbolic, and automatic, forward and
/// reverse.</summary>
internal static class WaysToDerive
{
    private const int Inputs = 4;
    private static readonly Loss Loss = new HalfSumSquaredError();
    private static readonly DerivedNet ByHand = new([2, 3, 1], [Activation.Tanh, Activation.Identity]);

    /// <summary>The steps of numeric differentiation.</summary>
    public static readonly Items<double> Steps =
        [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12];

    /// <summary>Hidden units of the nets whose operations are counted; each has 6 h + 1 parameters.</summary>
    public static readonly Items<int> Sizes = [1, 2, 4, 8, 16, 32, 64];

    /// <summary>Iterations of the logistic map, l(1) = x and l(n + 1) = 4 l(n) (1 - l(n)), that are
    /// differentiated.</summary>
    public const int Iterations = 8;

    /// <summary>How far the gradients of a random net 2-3-1 by hand, in forward mode and of formulas are from that in
    /// reverse mode; then the errors of one-sided and of central differences for each step. Relative to the length of
    /// the gradient.</summary>
    public static double[] Errors(Key key, bool isOneSided)
    {
        var (network, samples) = Small(key);
        double[] x = [.. network.Parameters], exact = Reverse.Gradient(p => At(network, samples, p), x);
        double Off(double[] gradient) => Length([.. gradient.Zip(exact, (a, b) => a - b)]) / Length(exact);
        double[] Differences(Func<int, double> slope) => [.. Enumerable.Range(0, x.Length).Select(slope)];
        double Moved(int parameter, double step)
        {
            Real[] moved = [.. x.Select((number, i) => (Real)(i == parameter ? number + step : number))];
            return At(network, samples, moved).Value;
        }
        double here = Moved(0, 0);
        double[] OneSided(double h) => Differences(i => (Moved(i, h) - here) / h);
        double[] Central(double h) => Differences(i => (Moved(i, h) - Moved(i, -h)) / (2 * h));
        return
        [
            Off(ByHand.Gradient(network, samples, Omission.None)),
            Off(Forward.Gradient(p => At(network, samples, p), x)), Off(Symbolic(network, samples)),
            .. Steps.Select(h => Off(OneSided(h))), .. Steps.Select(h => Off(isOneSided ? OneSided(h) : Central(h))),
        ];
    }

    /// <summary>The derivative of the loss of a random net 2-3-1 with respect to its first weight: by hand, in reverse
    /// mode, in forward mode, of a formula, by one-sided and by central differences with the best usual steps, 1e-8 and
    /// 1e-5.</summary>
    public static double[] Values(Key key)
    {
        var (network, samples) = Small(key);
        double[] x = [.. network.Parameters];
        double Moved(double step) => At(network, samples, [.. x.Select((number, i) =>
            (Real)(i == 0 ? number + step : number))]).Value;
        return
        [
            ByHand.Gradient(network, samples, Omission.None)[0], Reverse.Gradient(p => At(network, samples, p), x)[0],
            Forward.Gradient(p => At(network, samples, p), x)[0], Symbolic(network, samples)[0],
            (Moved(1e-8) - Moved(0)) / 1e-8, (Moved(1e-5) - Moved(-1e-5)) / 2e-5,
        ];
    }

    /// <summary>Operations of the loss of a net 4-h-1 and of its whole gradient: parameters, the loss alone, forward
    /// mode, reverse mode.</summary>
    public static double[] Operations(int hidden, bool isForwardOnly)
    {
        var network = LinearNets.Drawn(
            Architecture.Of(Inputs, new Dense(hidden, Activation.Tanh), new Dense(1)), Key.FromSeed(1));
        var samples = Drawn(Key.FromSeed(2), 1, Inputs);
        Operation[] x = [.. network.Parameters.Select(number => Operation.Constant(number))];
        long forward = Operation.Count(() => Forward.Gradient<Operation>(p => At(network, samples, p), x));
        return
        [
            x.Length, Operation.Count(() => At(network, samples, x)), forward,
            isForwardOnly ? forward
                : Operation.Count(() => Reverse.Gradient<Operation>(p => At(network, samples, p), x)),
        ];
    }

    /// <summary>The n-th iterate and its derivative: the parts of both formulas, and the operations of the function, in
    /// forward and in reverse mode.</summary>
    public static double[] Swell(int n)
    {
        var x = Formula.Named("x");
        var iterate = Iterate<Traced>(new(0.3, x), n).Formula;
        return
        [
            Parts(iterate), Parts(iterate.Derivative(x)), Operation.Count(() => Iterate(Operation.Constant(0.3), n)),
            Operation.Count(() => Forward.Derivative<Operation>(at => Iterate(at, n), Operation.Constant(0.3))),
            Operation.Count(() => Reverse.Gradient<Operation>(at => Iterate(at[0], n), Operation.Constant(0.3))),
        ];
    }

    /// <summary>The n-th iterate as a formula, and its derivative.</summary>
    public static (Formula Function, Formula Derivative) Formulas(int n)
    {
        var x = Formula.Named("x");
        var iterate = Iterate<Traced>(new(0.3, x), n).Formula;
        return (iterate, iterate.Derivative(x));
    }

    /// <summary>Numbers, names and operations of a formula.</summary>
    public static int Parts(Formula formula) => formula switch
    {
        Sum sum => 1 + sum.Terms.Sum(Parts),
        Product product => 1 + product.Factors.Sum(Parts),
        Power power => 1 + Parts(power.Base) + Parts(power.Exponent),
        Call call => 1 + Parts(call.Argument),
        _ => 1,
    };

    private static T Iterate<T>(T x, int n) where T : IReal<T>
    {
        for (int i = 1; i < n; i++) x = T.Of(4) * x * (T.One - x);
        return x;
    }

    private static (Network<double> Network, Samples<double> Samples) Small(Key key) =>
        (ByHand.Drawn(key.For(Purpose.Init)), Drawn(key.For(Purpose.Data), 4, 2));

    private static double[] Symbolic(Network<double> network, Samples<double> samples)
    {
        Symbol[] names = [.. network.Parameters.Select((_, i) => Formula.Named($"p{i}"))];
        var loss = At<Traced>(network, samples,
            [.. network.Parameters.Zip(names, (value, name) => new Traced(value, name))])
            .Formula;
        Dictionary<Symbol, double> values = [];
        foreach (var (i, name) in names.Index()) values[name] = network.Parameters[i];
        return [.. names.Select(name => loss.Derivative(name).At<Real>(symbol => values[symbol]).Value)];
    }

    private static T At<T>(Network<double> network, Samples<double> samples, T[] parameters) where T : IReal<T> =>
        TextbookNetwork.Loss(network, parameters, Loss, samples, default);

    private static Samples<double> Drawn(Key key, int count, int inputs) => new(
        new(count, inputs, Draw.Normal<double>(key.At(0), count * inputs)),
        new(count, 1, Draw.Normal<double>(key.At(1), count)));

    private static double Length(double[] vector) => Core.Curvature.Doubles.Norm(vector);
}
