using CsCheck;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Lecture;
using Functional.Lecture.Measuring;
using Xunit;

namespace Properties.Lecture;

/// <summary>Addition modulo p, by heart and by rule. (Power et al., 2022; Gromov, 2023)</summary>
public sealed class GrokkingProperties
{
    private static readonly Gen<int> OddModulus = Gen.Int[1, 14].Select(half => 2 * half + 1);

    // Over the phases all terms cancel but cos(2 pi s (a + b - c) / p), which adds up to (p - 1) / 2 where c is the
    // sum
    // and to -1/2 where it is not; nine units of each wave, half of each product: 9/2 times that.
    [Fact]
    public void Waves_whose_phases_cancel_compute_every_sum_modulo_any_odd_number() => OddModulus.Sample(p =>
    {
        var all = new ModularSum(p, 1).All();
        var outputs = ModularSum.Solution(p).Predict(all.Inputs.To<double>());
        return Enumerable.Range(0, p * p).All(row => Enumerable.Range(0, p).All(c =>
            Math.Abs(outputs[row, c] - 4.5 * (all.Targets[row, c] == 1 ? (p - 1) / 2.0 : -0.5)) < 1e-9));
    }, iter: 14);

    [Fact]
    public void Every_pair_has_its_two_numbers_and_its_sum() => OddModulus.Sample(p =>
    {
        var all = new ModularSum(p, 1).All();
        return Enumerable.Range(0, p * p).All(row =>
            all.Inputs.Row(row).ToArray().Sum() == 2 && all.Targets.Row(row).ToArray().Sum() == 1
            && (all.Inputs.Row(row)[..p].IndexOf(1) + all.Inputs.Row(row)[p..].IndexOf(1)) % p
                == all.Targets.Row(row).IndexOf(1));
    }, iter: 14);

    [Fact]
    public void A_net_that_gives_the_targets_is_right_and_one_that_gives_others_is_not() =>
        OddModulus.Where(p => p > 3).Sample(p =>
        {
            var targets = new ModularSum(p, 1).All().Targets;
            var opposite = new Matrix<float>(targets.Rows, p, [.. targets.Cells.Select(cell => -cell)]);
            return ModularSum.Accuracy(targets, targets) == 1 && ModularSum.Accuracy(opposite, targets) == 0;
        }, iter: 12);

    [Theory]
    [InlineData(null, Standing.Holds)]
    [InlineData("no-decay", Standing.Fails)]
    [InlineData("random-sums", Standing.Fails)]
    public void The_rule_is_understood_where_there_is_one_and_weights_decay(string? falsehood, Standing end) =>
        Assert.Equal(end, (Standing)Math.Max((int)Of("gap", falsehood), (int)Of("end", falsehood)));

    // Of three seeds shares are open at best: what is looked at is the estimate, not its interval.
    private static Standing Of(string criterion, string? falsehood)
    {
        var result = ClaimResult.Of(
            Claims.Named("grokking")!, new(new(Seeds: 1, Falsehood: falsehood), new NoMemory()));
        var judged = result.Criteria.Single(judged => judged.Criterion.Name == criterion);
        return judged.Criterion.Judge(Measurement.Exact(criterion, judged.Measured.Value));
    }
}
