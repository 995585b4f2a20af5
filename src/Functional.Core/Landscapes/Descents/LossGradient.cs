using System.Runtime.CompilerServices;
using Functional.Core.Curvature;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Landscapes;

/// <summary>A function of many numbers that is to be made small or large: its value and its gradient at a point. It
/// keeps no reference to the point.</summary>
internal delegate (double Value, double[] Gradient) Objective(double[] point);

/// <summary>The loss of a whole data set and its gradient, for methods that look at all samples in every
/// step.</summary>
/// <remarks>Samples are cut into chunks of at most 1024 rows where there are more (<see cref="LossCurvature.Chunks"/>).
/// Values and gradients of the chunks are added along the tree of numeric law 5.</remarks>
internal static class LossGradient
{
    /// <summary>The loss as a function of the parameters.</summary>
    /// <param name="network">The architecture; its parameters are replaced by the point's.</param>
    /// <param name="loss">What is differentiated.</param>
    /// <param name="samples">Its mean is over these.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The results are the same.</param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public static Objective Of(Network<double> network, Loss loss, Samples<double> samples, int threads)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Inputs.Rows == 0) throw new ArgumentException("there are 0 samples; there should be at least 1");
        return point => At(network.With(Vec<double>.Of(point)), loss, samples, threads);
    }

    /// <summary>The loss of all samples and its gradient.</summary>
    public static (double Value, double[] Gradient) At(
        Network<double> network, Loss loss, Samples<double> samples, int threads)
    {
        int chunks = LossCurvature.Chunks(samples.Inputs.Rows);
        if (chunks == 1)
        {
            var whole = new Linearization<double>(network, loss, samples, threads: threads);
            return (whole.Value, whole.Gradient().Gradient.Direction.ToArray());
        }
        var values = new SumTree<StrongBox<double>>(chunks, () => new(), (sum, chunk) => sum.Value += chunk.Value);
        var gradient = Linearization<double>.Sum(network, loss, samples, chunks, chunk =>
        {
            values.Next.Value = chunk.Value;
            values.Join();
            return [chunk.Gradient().Gradient];
        }, threads: threads);
        return (values.Total.Value, gradient[0].Direction.ToArray());
    }
}
