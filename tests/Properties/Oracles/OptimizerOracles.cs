using System.Text.Json;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Training;
using Xunit;

namespace Properties.Oracles;

/// <summary>Optimizers: where they are after each of 25 steps, along their own trajectory.</summary>
public sealed class OptimizerOracles(ITestOutputHelper output)
{
    [Fact]
    public void Optimizers_take_the_same_steps() =>
        Golden.Check("optimizers.json", output, atLeast: 102, Lacks, Compare);

    private static string? Lacks(JsonElement run) =>
        Counterpart.OfClip(run.At("gradient_clip")) is null
        ? $"{run.Text("optimizer")} clipped by {run.At("gradient_clip").Kind()}"
        : Counterpart.OfOptimizer(run) is null ? run.Text("optimizer")
        : run.At("problem").Kind() switch
        {
            "quadratic" or "rosenbrock" => null,
            "network" => Counterpart.Lacks(run.At("problem")),
            var problem => problem,
        };

    private static IEnumerable<Comparison> Compare(JsonElement run)
    {
        var optimizer = Counterpart.OfClip(run.At("gradient_clip"))!.Then(Counterpart.OfOptimizer(run)!);
        var problem = run.At("problem");
        var network = new Network<double>(Shape(problem, run.At("start").GetArrayLength()), run.Vector("start"));
        var state = optimizer.Init(network);
        var (losses, steps) = (run.At("losses").Numbers(), run.Many("params"));
        for (int t = 0; t < steps.Length; t++)
        {
            var (loss, gradient) = Slope(problem, network);
            var stands = new TrainState<double>(network, state, new Outcome.Untrained());
            if (new Learner(new MeanSquaredError(), optimizer)
                .Ascent(stands, new(loss, gradient, network.Running, 1)) is { } there)
                gradient = Slope(problem, there).Gradient;
            (var update, state) = optimizer.Apply(gradient, state, network);
            network -= update;
            yield return Comparison.Of($"{run.Text("name")} losses[{t}]", [losses[t]], [loss]);
            yield return Comparison.Of($"{run.Text("name")} params[{t}]", steps[t], network.Parameters.Span);
            if (run.TryGetProperty("averaged_params", out var averages))
                yield return Comparison.Of(
                    $"{run.Text("name")} averaged_params[{t}]", averages[t],
                    optimizer.Averaged(state, network).Parameters.Span);
        }
        yield return Comparison.Of(
            $"{run.Text("name")} final_loss", run.At("final_loss"), Slope(problem, network).Loss);
    }

    /// <summary>The network of the problem, or just any with as many parameters.</summary>
    private static Architecture Shape(JsonElement problem, int parameters) => problem.Kind() == "network"
        ? Counterpart.Architecture(problem)
        : Architecture.Of(parameters, new Dense(1, Activation.Identity, Bias: false));

    /// <summary>The problem's loss at a network, and its gradient there.</summary>
    private static (double Loss, Gradient<double> Gradient) Slope(JsonElement problem, Network<double> network) =>
        problem.Kind() switch
        {
            "quadratic" => Quadratic(problem.Table("A"), problem.At("b").Numbers(), network.Parameters),
            "rosenbrock" => Rosenbrock(problem.Real("a"), problem.Real("b"), network.Parameters),
            _ => OfNetwork(problem, network),
        };

    /// <summary>f = 1/2 x'Ax - b'x, so that its gradient is Ax - b.</summary>
    private static (double, Gradient<double>) Quadratic(Matrix<double> a, double[] b, Vec<double> x)
    {
        var (loss, gradient) = (0.0, new double[b.Length]);
        for (int i = 0; i < b.Length; i++)
        {
            double ax = 0;
            for (int j = 0; j < b.Length; j++) ax += a[i, j] * x[j];
            loss += x[i] * (ax / 2 - b[i]);
            gradient[i] = ax - b[i];
        }
        return (loss, new(Vec<double>.Of(gradient)));
    }

    /// <summary>f = (a - x)^2 + b (y - x^2)^2.</summary>
    private static (double, Gradient<double>) Rosenbrock(double a, double b, Vec<double> at)
    {
        double x = at[0], toValley = at[1] - x * x;
        return ((a - x) * (a - x) + b * toValley * toValley,
            new(Vec<double>.Of(-2 * (a - x) - 4 * b * x * toValley, 2 * b * toValley)));
    }

    private static (double, Gradient<double>) OfNetwork(JsonElement problem, Network<double> network)
    {
        var (outputs, tape) = network.Forward(problem.Table("inputs"));
        var (loss, delta) = Counterpart.ValueAndDelta(problem.At("loss"), outputs, problem.Table("targets"));
        return (loss, network.Backward(tape, delta).Gradient);
    }
}
