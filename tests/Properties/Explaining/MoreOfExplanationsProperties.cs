using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Differentiation;
using Functional.Core.Explaining;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Training;
using Properties.Generators;
using Properties.Laws;
using Xunit;
using ExplanationStep = Functional.Core.Explaining.ExplanationStep;

namespace Properties.Explaining;

/// <summary>What an explanation shows beside the passes: scaling, the update, linear layers as one, tables of
/// samples; and its lines.</summary>
public sealed class MoreOfExplanationsProperties
{
    private sealed record Case(Network<double> Network, Loss Loss, Samples<double> Samples)
    {
        public Vec<double> Input => Vec<double>.Of(Samples.Inputs.Row(0));
        public Vec<double> Target => Vec<double>.Of(Samples.Targets.Row(0));
    }

    private static Gen<Case> Cases(Gen<Activation> activations, Gen<Loss>? losses = null) =>
        from inputs in Gen.Int[1, 4]
        from layers in Gen.Select(
            Gen.Int[1, 4], activations, Gen.Bool, (units, phi, bias) => (Layer)new Dense(units, phi, bias)).Array[1, 3]
        from network in Any.Networks(Gen.Const(Architecture.Of(inputs, layers)))
        from loss in losses ?? Any.Loss
        from rows in Gen.Int[1, 6]
        from samples in Any.Samples(network.Architecture, loss, rows)
        select new Case(network, loss, samples with { Weights = null });

    private static readonly Gen<Case> All = Cases(Any.Activation.Where(phi => phi.HasDerivative)),
        Linear = Cases(Gen.Const(Activation.Identity));

    [Fact]
    public void The_update_is_a_step_of_gradient_descent() => Gen.Select(All, Gen.Double[0.001, 2]).Sample((c, rate) =>
    {
        var one = new Samples<double>(new(1, c.Input.Length, c.Input), new(1, c.Target.Length, c.Target));
        var learner = new Learner(c.Loss, new Rate(rate));
        var explained = Known.Is(Explanation.Of(c.Network, c.Input, c.Target, c.Loss, rate: rate));
        var updates = explained.Steps.OfType<ExplanationStep.Assigned>().ToArray();
        var next = learner.Step(learner.Begin(c.Network), Batches.From(one, 1, default).First()).Network;
        return next.Parameters == Vec<double>.Of([.. updates.Select(update => update.Value)])
            && updates.All(update => Worth(explained, update.Formula, update.Value));
    }, iter: 200);

    [Fact]
    public void Without_a_rate_there_is_no_update() => All.Sample(c =>
        !Known.Is(Explanation.Of(c.Network, c.Input, c.Target, c.Loss)).Steps
            .Any(step => step is ExplanationStep.Assigned),
        iter: 30);

    [Fact]
    public void Linear_layers_multiplied_out_are_the_network() => Linear.Sample(c =>
    {
        var tables = Known.Is(Explanation.Of(c.Network, c.Input)).Steps.OfType<ExplanationStep.Table>()
            .ToDictionary(table => table.Sides[0].Text, table => table.Numbers);
        if (!tables.TryGetValue("W", out var weights)) return c.Network.Architecture.Layers.Count == 1;
        var outputs = c.Network.Predict(c.Samples.Inputs);
        for (int row = 0; row < outputs.Rows; row++)
            for (int k = 0; k < outputs.Columns; k++)
            {
                double sum = tables.TryGetValue("b", out var biases) ? biases[k, 0] : 0, size = 1;
                for (int i = 0; i < weights.Rows; i++)
                {
                    sum += c.Samples.Inputs[row, i] * weights[i, k];
                    size += Math.Abs(c.Samples.Inputs[row, i] * weights[i, k]);
                }
                if (Math.Abs(sum - outputs[row, k]) > 1e-12 * (size + Near.Largest(outputs.Cells))) return false;
            }
        return true;
    }, iter: 200);

    [Fact]
    public void A_scaled_sample_is_shown_as_it_was_and_scaled_by_its_formulas() =>
        Gen.Select(
            All, Gen.Double[-3, 3].Array[4], Gen.Double[0.1, 3].Array[4],
            Gen.Bool).Sample((c, shifts, factors, isClipped) =>
        {
            int inputs = c.Input.Length;
            var scaling = new Scaling(
                Vec<double>.Of(shifts.AsSpan(0, inputs)), Vec<double>.Of(factors.AsSpan(0, inputs)), isClipped);
            var x = scaling.Apply<double>(new(1, inputs, c.Input)).Cells;
            var explained = Known.Is(Explanation.Of(c.Network, x, c.Target, c.Loss, raw: new(c.Input, scaling)));
            var scaled = explained.Steps.OfType<ExplanationStep.Worked>()
                .Where(step => step.Sides[0].Text.StartsWith("x_", StringComparison.Ordinal)).ToArray();
            return x == Vec<double>.Of([.. scaled.Select(step => step.Value)])
                && explained.Steps.OfType<ExplanationStep.Table>()
                    .First(table => table.Sides[0].Text == "r").Numbers.Cells == c.Input
                && scaled.All(step => Worth(explained, step.Formula, step.Value));
        }, iter: 100);

    [Fact]
    public void A_table_of_samples_has_the_predictions_of_each_and_the_loss_of_all() => All.Sample(c =>
    {
        var explained = Known.Is(Explanation.OfSamples(c.Network, c.Samples.Inputs, c.Samples.Targets, c.Loss));
        var table = explained.Steps.OfType<ExplanationStep.Samples>().Single();
        var loss = explained.Steps.OfType<ExplanationStep.Scalar>().Single();
        double[] losses = Column(table, loss.Sides[0].Text + "(i)"),
            predicted = Column(table, c.Network.Architecture.Outputs == 1 ? "ŷ" : "ŷ_1");
        var outputs = c.Network.Predict(c.Samples.Inputs);
        double sum =
            losses.Sum() / (loss.Sides[1].Text.StartsWith("1/N", StringComparison.Ordinal) ? losses.Length : 1);
        return loss.Value == c.Loss.Value(outputs, c.Samples.Targets)
            && Math.Abs(sum - loss.Value) <= 1e-12 * (1 + losses.Sum(Math.Abs))
            && predicted.SequenceEqual(Enumerable.Range(0, outputs.Rows).Select(row => outputs[row, 0]));
    }, iter: 200);

    [Fact]
    public void The_truth_table_of_XOR()
    {
        var xor = new Network<double>(
            Architecture.Of(2, new Dense(2, Activation.Step), new Dense(1, Activation.Step)),
            Vec<double>.Of(1, -1, 1, -1, -1.5, 0.5, -1, -1, 0.5));
        var corners = new Matrix<double>(4, 2, Vec<double>.Of(0, 0, 0, 1, 1, 0, 1, 1));
        var table = Known.Is(Explanation.OfSamples(xor, corners, language: Language.Spanish));
        Assert.Equal([0, 1, 1, 0], Column(table.Steps.OfType<ExplanationStep.Samples>().Single(), "ŷ"));
        Assert.Contains(
            "escalón(z) = 1 si z ≥ 0, si no 0",
            Known.Is(Explanation.Of(xor, Vec<double>.Of(0, 1), language: Language.Spanish)).ToText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_broken_between_terms_and_nothing_but_spaces_changes() =>
        Gen.Select(All, Gen.Int[40, 120]).Where(
            (c, _) => c.Network.Architecture.Layout.All(slice => slice.Shape[^1] <= 2)).Sample((c, width) =>
        {
            var explained = Known.Is(Explanation.Of(c.Network, c.Input, c.Target, c.Loss, rate: 0.1));
            string narrow = explained.ToText(6, width), wide = explained.ToText(6, int.MaxValue);
            Assert.Equal(Joined(wide), Joined(narrow));
            Assert.All(narrow.Split('\n'), line => Assert.True(line.Length <= width || !CanBreak(line), line));
        }, iter: 200);

    [Fact]
    public void A_parenthesis_that_fits_a_line_stays_whole() =>
        Cases(
            Gen.OneOf(Gen.Const(Activation.Sigmoid), Gen.Const(Activation.Tanh)),
            Gen.Const<Loss>(new HalfSumSquaredError())).Sample(c =>
        {
            string text = Known.Is(Explanation.Of(c.Network, c.Input, c.Target, c.Loss)).ToText(3, 120);
            return text.Split('\n').All(line => line.Count(sign => sign == '(') == line.Count(sign => sign == ')'));
        }, iter: 100);

    [Fact]
    public void Samples_without_number_or_with_other_targets_are_faults()
    {
        var network = Network<double>.Init(Architecture.Of(2, new Dense(1)), new Initializer.Zeros(), default);
        Assert.Contains("the table has 0 samples", Fault(new(0, 2, Vec<double>.Empty), null), StringComparison.Ordinal);
        Assert.Contains(
            "the table has 65 samples", Fault(new(65, 2, Vec<double>.Zeros(130)), null), StringComparison.Ordinal);
        Assert.Contains(
            "2 samples and 1 targets", Fault(new(2, 2, Vec<double>.Zeros(4)), new(1, 1, Vec<double>.Zeros(1))),
            StringComparison.Ordinal);

        string Fault(Matrix<double> inputs, Matrix<double>? targets) => string.Join(
            " | ",
            Explanation.OfSamples(network, inputs, targets)
                .Match(Succ: _ => [], Fail: faults => faults.Select(fault => fault.Message)));
    }

    private static double[] Column(ExplanationStep.Samples table, string name)
    {
        int column = table.Columns.Select(notation => notation.Text).ToList().IndexOf(name);
        return [.. Enumerable.Range(0, table.Rows.Rows).Select(row => table.Rows[row, column])];
    }

    private static bool Worth(
        Explanation explained, Functional.Core.Differentiation.Symbolic.Formula formula, double value) =>
        Math.Abs(formula.At<Real>(symbol => explained.Numbers[symbol]).Value - value) <= 1e-12 * (1 + Math.Abs(value));

    private static string Joined(string text) =>
        string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    // After its first sign of equality, at a space.
    private static bool CanBreak(string line) =>
        line[(line.IndexOf("= ", StringComparison.Ordinal) is >= 0 and var sign ? sign + 2 : 0)..].Trim()
            .Contains(' ', StringComparison.Ordinal);
}
