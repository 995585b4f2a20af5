using System.Numerics;
using Functional.Core.Curvature;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Landscapes;

/// <summary>A matrix of second derivatives.</summary>
internal enum CurvatureKind
{
    /// <summary>H, of the loss by the parameters.</summary>
    Hessian,

    /// <summary>J' L J, without the curvature of the network itself.</summary>
    GaussNewton,

    /// <summary>F, the Fisher information.</summary>
    Fisher,
}

/// <summary>Eigenvalues, trace and density that are wanted of a model's curvature. All is worked out in double, of the
/// parameters as they are.</summary>
/// <param name="Kind">The matrix.</param>
/// <param name="Top">How many of the largest eigenvalues.</param>
/// <param name="Bottom">How many of the smallest.</param>
/// <param name="Probes">Random vectors for the trace, and starts for the density.</param>
/// <param name="WithDensity">Whether the density is wanted.</param>
/// <param name="WithLayers">Whether the blocks of the layers are wanted, too.</param>
/// <param name="Part">The samples.</param>
/// <param name="Rows">How many of them, drawn at random; 0 for all.</param>
/// <param name="Seed">What starts, probes and rows are drawn from; the experiment's own seed unless given.</param>
/// <param name="Threads">How many threads may help; 0 for all processors.</param>
internal sealed record SpectrumOrder(
    CurvatureKind Kind, int Top, int Bottom, int Probes, bool WithDensity, bool WithLayers, DataPart Part, int Rows,
    ulong? Seed, int Threads) : ILook<SpectrumLook>
{
    /// <summary>Whether the sharpness within boxes and balls is wanted, too.</summary>
    public bool WithSharpness { get; init; }

    /// <summary>Hears of the share of the products with the matrix that is done, of at most as many as there may
    /// be.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Hears of the share of the boxes and balls that is done.</summary>
    public IProgress<double>? SharpnessProgress { get; init; }

    private const int DensitySteps = 80, MostNumbers = 1 << 27, Subspace = 100;

    /// <summary>Whether probes change anything for a network of so many parameters: there is a density, or more
    /// eigenvalues than are all worked out, so that the trace is estimated.</summary>
    public bool TakesProbes(int parameters) => WithDensity || parameters > WholeSpectra.MostDimensions;

    /// <summary>Whether anything is drawn for a network of so many parameters.</summary>
    public bool Draws(int parameters) =>
        TakesProbes(parameters) || Rows > 0 || WithSharpness && parameters > Subspace;

    /// <summary>Works it out.</summary>
    public SpectrumLook At<T>(Experiment experiment, Prepared<T> data, Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Kind == CurvatureKind.Fisher && !experiment.Loss.IsLikelihood)
            throw new InvalidInputException(
                $"the loss \"{Loss.Kinds.NameOf(experiment.Loss)}\" is not minus the logarithm of a probability, so "
                    + $"there is no Fisher information; --of gauss_newton exists");
        var keys = LandscapeKeys.Of(experiment, Seed);
        var part = Part.Of(data);
        bool isCut = Rows > 0;
        if (isCut && Rows >= part.Rows)
            throw new InvalidInputException(
                $"--rows is {Rows}; the {Part.Name} part has {part.Rows}, and it should be fewer");
        if (isCut) part = part.Select(Draw.Permutation(keys.Rows, part.Rows).Span[..Rows]);
        var (wide, samples) = (network.To<double>(), part.To<double>().For(experiment.Loss));
        var whole = Kind switch
        {
            CurvatureKind.GaussNewton => wide.GaussNewton(experiment.Loss, samples, threads: Threads),
            CurvatureKind.Fisher => wide.Fisher(experiment.Loss, samples, threads: Threads),
            _ => wide.Hessian(experiment.Loss, samples, threads: Threads),
        };
        var blocks = WithLayers ? wide.LayerBlocks(whole) : [];
        whole = new CountedOperator(whole, new(
            Products(whole.Size, WithDensity) + blocks.Sum(block => Products(block.Size, false)), Progress));
        var layers = !WithLayers ? [] : network.LayerNames
            .Zip(wide.LayerBlocks(whole), (name, block) => new CurvatureOfLayer(name, Of(block, keys.Layer, false)));
        var look = new SpectrumLook(Of(whole, keys.Curvature, WithDensity), [.. layers], part.Rows, isCut)
        {
            Notes =
            [
                .. isCut ? [$"these samples were drawn at random from the part (--rows)"] : (Phrase[])[],
                .. experiment.LossNotes,
            ],
        };
        if (!WithSharpness) return look;
        int?[] subspaces = wide.Parameters.Length > Subspace ? [null, Subspace] : [null];
        var tally = new Tally(2 * subspaces.Length + 2, SharpnessProgress);
        return look with
        {
            Boxes =
            [
                // As in table 3 of Keskar et al.: two sizes, in all dimensions and in a hundred random ones.
                .. from subspace in subspaces
                   from epsilon in (double[])[1e-3, 5e-4]
                   select Counted(wide.KeskarSharpness(
                       experiment.Loss, samples, epsilon, subspace, keys.Boxes, threads: Threads)),
            ],
            Balls =
            [
                ($"within a ball (SAM)", Counted(wide.BallSharpness(experiment.Loss, samples, threads: Threads))),
                ($"adaptive (ASAM)", Counted(wide.AdaptiveSharpness(experiment.Loss, samples, threads: Threads))),
            ],
        };

        A Counted<A>(A found)
        {
            tally.Add(1);
            return found;
        }
    }

    // As many as there may be: Lanczos' method often takes fewer.
    private int Products(int size, bool withDensity) =>
        (size <= WholeSpectra.MostDimensions ? size + Top + Bottom : MostSteps(size) + TraceProducts)
        + (withDensity ? Probes * Math.Min(DensitySteps, size) : 0);

    // Of Lanczos' method: as many as their vectors find room for. Where they do not suffice, residuals say so.
    private static int MostSteps(int size) => Math.Clamp(MostNumbers / size, 50, 500);

    private int TraceProducts => Math.Max(6, 3 * Probes);

    private CurvatureNumbers Of(LinearOperator<double> map, CurvatureKeys keys, bool withDensity)
    {
        var density = withDensity ? map.Density(keys.Density, Probes, DensitySteps) : null;
        if (map.Size <= WholeSpectra.MostDimensions)
        {
            var (every, exact) = map.WholeSpectrum(Top, Bottom, Threads);
            return new(map.Size, exact, every, null, density);
        }
        return new(
            map.Size, map.Spectrum(Top, Bottom, keys.Starts, mostSteps: MostSteps(map.Size)), null,
            map.HutchPlusPlus(keys.Trace, TraceProducts), density);
    }
}

/// <summary>Numbers of one operator.</summary>
/// <param name="Size">How many dimensions it has.</param>
/// <param name="Ends">The largest and the smallest eigenvalues.</param>
/// <param name="Whole">Every eigenvalue, where there are few.</param>
/// <param name="Trace">Estimated, where there are many.</param>
/// <param name="Density">Where it was wanted.</param>
internal sealed record CurvatureNumbers(
    int Size, Spectrum<double> Ends, WholeSpectrum? Whole, TraceEstimate? Trace, SpectralDensity? Density);

/// <summary>Numbers of one layer's block.</summary>
/// <param name="Name">Such as "layer 1, dense".</param>
/// <param name="Numbers">Of the block.</param>
internal sealed record CurvatureOfLayer(Phrase Name, CurvatureNumbers Numbers);

/// <summary>A model's curvature.</summary>
/// <param name="Numbers">Of all parameters.</param>
/// <param name="Layers">Of each layer's; none where they were not wanted.</param>
/// <param name="Samples">How many samples it is over.</param>
/// <param name="IsCut">Whether those are fewer than the part has.</param>
internal sealed record SpectrumLook(
    CurvatureNumbers Numbers, Items<CurvatureOfLayer> Layers, int Samples, bool IsCut)
{
    /// <summary>What a person should know of the samples and the loss.</summary>
    public Items<Phrase> Notes { get; init; } = [];

    /// <summary>How much the loss rises within boxes, where that was wanted.</summary>
    public Items<KeskarSharpness> Boxes { get; init; } = [];

    /// <summary>How much it rises within balls, each with its name.</summary>
    public Items<(Phrase Name, BallSharpness Sharpness)> Balls { get; init; } = [];
}

/// <summary>What layers are called.</summary>
internal static class LayerNaming
{
    extension<T>(Network<T> network) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The layers with parameters, by their number from 1 and their kind.</summary>
        public IEnumerable<Phrase> LayerNames
        {
            get
            {
                int inputs = network.Architecture.Inputs;
                foreach (var (index, layer) in network.Architecture.Layers.Index())
                {
                    if (layer.Parameters(inputs) > 0) yield return $"layer {index + 1}, {Layer.Kinds.NameOf(layer)}";
                    inputs = layer.Outputs(inputs);
                }
            }
        }
    }
}
