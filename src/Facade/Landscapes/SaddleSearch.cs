using System.Numerics;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Numbers.Functions;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Landscapes;

/// <summary>Critical points of an experiment's loss that are wanted, looked for from many starts: of every two seeds
/// one begins at first weights, some of them stretched, and one somewhere along a training.</summary>
/// <param name="Seeds">How many starts.</param>
/// <param name="Threads">How many threads may help; 0 for all processors.</param>
internal sealed record SaddleSearch(int Seeds, int Threads) : ILook<SaddleLook>
{
    /// <summary>Hears of the share of all starts that is done.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Searches, in double.</summary>
    public SaddleLook At<T>(Experiment experiment, Prepared<T> data, Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var samples = data.Parts.Train.To<double>().For(experiment.Loss);
        var keys = LandscapeKeys.Of(experiment);
        const int Together = 16;
        var ends = new List<SearchEnd>();
        for (int first = 0; first < Seeds; first += Together)
        {
            Network<double>[] starts =
            [
                .. Enumerable.Range(first, Math.Min(Together, Seeds - first))
                    .Select(seed => Start(experiment, data, keys.Start(seed), seed % 2 == 1)),
            ];
            ends.AddRange(CriticalPoints.Ends(starts, experiment.Loss, samples, Threads));
            Progress?.Report((double)ends.Count / Seeds);
        }
        var found = CriticalPoints.Of(ends);
        return new(
            found, samples.Inputs.Rows,
            [.. found.Families.Select(family => Escape.Of(family.First, experiment.Loss, samples))],
            [.. experiment.LossNotes]);
    }

    private Network<double> Start<T>(
        Experiment experiment, Prepared<T> data, (Key Weights, Key Place) key, bool isTrained)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var first = Network<T>.Init(experiment.Architecture, experiment.Settings.Initializer, key.Weights);
        double share = Draw.Uniform<double>(key.Place, 1)[0];
        if (!isTrained)
        {
            double stretch = Elementary.Of<Exp>(2 * share - 0.5); // 0.6 to 4.5
            var wide = first.To<double>();
            return wide.With([.. wide.Parameters.Select((weight, i) => stretch * weight)]);
        }
        int epochs = 1 + (int)(share * (experiment.Settings.Epochs - 1));
        var last = experiment.Course(
            data, start: experiment.Learner.Begin(first), threads: Threads).Take(epochs).LastOrDefault();
        return (last?.State.Network ?? first).To<double>();
    }
}

/// <summary>Critical points of an experiment's loss.</summary>
/// <param name="Points">What was found.</param>
/// <param name="Samples">How many samples the loss is over.</param>
/// <param name="Escapes">From the first point of each family; null where it is no saddle.</param>
/// <param name="Notes">What a person should know of the loss.</param>
internal sealed record SaddleLook(
    CriticalPoints Points, int Samples, Items<Escape?> Escapes, Items<Phrase> Notes);
