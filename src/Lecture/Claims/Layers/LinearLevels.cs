using Functional.Core.Curvature;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>
/// The critical points of a net of two linear layers without biases, over the corners (±1, ±1). Where theory has them:
/// each learns some of the directions, which are the eigenvectors of S = Y' X (X' X)^-1 X' Y, and the loss there is
/// half of |Y|^2 less their eigenvalues. Only where all are learned it is a minimum. (Baldi and Hornik, 1989)
/// </summary>
/// <param name="Inputs">How many inputs: 1 or 2.</param>
/// <param name="Hidden">How many hidden units.</param>
/// <param name="Outputs">How many outputs: 1 or 2.</param>
internal sealed record LinearLevels(int Inputs, int Hidden, int Outputs)
{
    // y = x A, and something that no linear map gives: the product of the inputs.
    private static readonly Matrix<double> Map = Matrix<double>.Of([2, 0.5], [-0.5, 1]);
    private static readonly double[] Product = [0.5, 0.25];
    private const double Same = 1e-6;

    /// <summary>The nets whose critical points are looked for.</summary>
    public static readonly Items<LinearLevels> All = [new(1, 1, 1), new(2, 2, 1), new(2, 2, 2)];

    /// <summary>Its shape, such as 2-2-1.</summary>
    public string Name => $"{Inputs}-{Hidden}-{Outputs}";

    /// <summary>The corners and what is wanted there.</summary>
    public Samples<double> Samples
    {
        get
        {
            var corners = Enumerable.Range(0, 4).Select(i => (double[])[2 * (i & 1) - 1, 2 * (i >> 1) - 1]).ToArray();
            return new(
                Matrix<double>.Of([.. corners.Select(x => x[..Inputs])]),
                Matrix<double>.Of([.. corners.Select(x => (double[])[.. Enumerable.Range(0, Outputs).Select(k =>
                    x[0] * Map[0, k] + x[1] * Map[1, k] + Product[k] * x[0] * x[1])])]));
        }
    }

    /// <summary>The losses of all critical points, from the least up.</summary>
    public Items<double> Levels
    {
        get
        {
            var (inputs, targets) = (Samples.Inputs, Samples.Targets);
            double Column(Matrix<double> left, int i, Matrix<double> right, int j) =>
                Enumerable.Range(0, 4).Aggregate(0.0, (sum, row) => sum + left[row, i] * right[row, j]);
            // X' X = 4 I.
            var learned = Matrix<double>.Of([.. Enumerable.Range(0, Outputs).Select(a => (double[])[
                .. Enumerable.Range(0, Outputs).Select(b => Enumerable.Range(0, Inputs).Aggregate(0.0, (sum, i) =>
                    sum + Column(inputs, i, targets, a) * Column(inputs, i, targets, b) / 4))])]);
            double[] gains = [.. Householder.Values(learned).Where(value => value > 1e-12)];
            double all = Enumerable.Range(0, Outputs).Aggregate(0.0, (sum, k) => sum + Column(targets, k, targets, k));
            return
            [
                .. Enumerable.Range(0, 1 << gains.Length)
                    .Select(set => gains.Where((_, i) => (set >> i & 1) == 1).ToArray())
                    .Where(chosen => chosen.Length <= Hidden)
                    .Select(chosen => chosen.Aggregate(all, (left, gain) => left - gain) / 2)
                    .Order(),
            ];
        }
    }

    /// <summary>The level nearest to a loss, and how far off it is, relative to 1 + the level.</summary>
    public (int Level, double Off) Nearest(double loss) => Levels.Index()
        .Select(level => (level.Index, Off: Math.Abs(loss - level.Item) / (1 + level.Item))).MinBy(level => level.Off);

    /// <summary>Whether a loss is the least one.</summary>
    public bool IsLeast(double loss) => loss <= Levels[0] + Same * (1 + Levels[0]);

    /// <summary>Searches for a critical point from random weights.</summary>
    public SearchEnd Search(Key key, Activation hidden) => LinearNets.Drawn(
        Architecture.Of(Inputs, new Dense(Hidden, hidden, Bias: false),
            new Dense(Outputs, Activation.Identity, Bias: false)),
        key).CriticalPoint(new HalfSumSquaredError(), Samples);
}

/// <summary>What a search for a critical point ended at, as numbers.</summary>
/// <param name="Loss">There; NaN where none was found.</param>
/// <param name="Index">How many eigenvalues are negative.</param>
/// <param name="Zeros">How many are zero.</param>
internal readonly record struct FoundPoint(double Loss, int Index, int Zeros)
{
    public bool IsFound => !double.IsNaN(Loss);
    public double[] Numbers => [Loss, Index, Zeros];

    public static FoundPoint Of(double[] numbers) => new(numbers[0], (int)numbers[1], (int)numbers[2]);

    public static FoundPoint Of(SearchEnd end) => end is SearchEnd.Found { Point: var point }
        ? new(point.Loss, point.Index, point.Zeros)
        : new(double.NaN, 0, 0);
}
