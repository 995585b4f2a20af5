using System.Text.Json;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Xunit;

namespace Properties.Oracles;

/// <summary>Activations and their derivatives on a grid that reaches from 1e-300 to 1e4, as
/// layers of their own.</summary>
public sealed class ActivationOracles(ITestOutputHelper output)
{
    // PyTorch's softplus is the identity above 20, up to 2.1e-9 away from ln(1 + e^x).
    private const double FarSoftplus = 20, FarSoftplusTolerance = 3e-9;

    [Fact]
    public void Activations_and_their_derivatives_agree() =>
        Golden.Check("activations.json", output, atLeast: 17, Lacks, Compare);

    private static string? Lacks(JsonElement table) =>
        Counterpart.OfActivation(table.At("activation")) is null ? table.At("activation").Kind() : null;

    private static IEnumerable<Comparison> Compare(JsonElement table)
    {
        var phi = new Network<double>(
            Architecture.Of(1, new Activate(Counterpart.OfActivation(table.At("activation"))!)), Vec<double>.Empty);
        var x = table.Table("x");
        var (y, tape) = phi.Forward(x);
        var dy = phi.Backward(tape, new(x.Rows, 1, Vec<double>.Of([.. Enumerable.Repeat(1.0, x.Rows)]))).ToInputs;
        var d2y = Second(Counterpart.OfActivation(table.At("activation"))!, x, y);
        bool[] atKink = [.. table.Many("at_kink").Select(kink => kink.GetBoolean())];
        bool isSoftplus = table.At("activation").Kind() == "softplus";
        foreach (bool far in (bool[])[false, true])
        {
            int[] here = [.. Enumerable.Range(0, x.Rows).Where(i => (isSoftplus && x.Cells[i] >= FarSoftplus) == far)];
            double tolerance = far ? FarSoftplusTolerance : Comparison.Usual;
            yield return Compare("y", y, here, tolerance);
            yield return Compare("dy", dy, [.. here.Where(i => !atKink[i])], tolerance);
            yield return Compare("d2y", d2y, [.. here.Where(i => !atKink[i])], tolerance);
        }

        Comparison Compare(string name, Matrix<double> got, int[] at, double tolerance) =>
            Comparison.Of(name, table.Table(name).Select(at).Cells.Span, got.Select(at).Cells.Span, tolerance);
    }

    private static Matrix<double> Second(Activation phi, Matrix<double> z, Matrix<double> a) =>
        new(z.Rows, 1, Vec<double>.Create(
            z.Rows, (phi, From: phi.NeedsZ ? z : a),
            static (into, given) => given.phi.SecondDerivative(given.From.Cells.Span, into)));
}
