using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Data;

namespace Functional.Lecture;

/// <summary>A level of pruning.</summary>
/// <param name="Left">The share of the weights that is left.</param>
/// <param name="Ticket">Test accuracy after training from the weights that they began with in the dense net.</param>
/// <param name="Anew">Test accuracy after training from weights that are drawn anew.</param>
internal readonly record struct Level(double Left, double Ticket, double Anew)
{
    /// <summary>The levels that <see cref="TicketSearch.Prune"/> gives.</summary>
    public static Level[] All(double[] numbers) =>
        [.. numbers.Chunk(3).Select(level => new Level(level[0], level[1], level[2]))];
}

/// <summary>Iterative pruning of LeNet 300-100, set back to its first weights after each round. (Frankle and Carbin,
/// 2019)</summary>
/// <param name="Steps">Batches of 60 in each training.</param>
/// <param name="Share">Of the weights of a layer that are left, how many go in a round; of the last layer half of
/// that.</param>
/// <param name="Looks">The rounds after which the net is trained from weights that are drawn anew, too.</param>
internal sealed record TicketSearch(int Steps, double Share, Items<int> Looks)
{
    private const int BatchRows = 60;
    private const double Rate = 0.0012;
    private static readonly Loss Loss = new SoftmaxCrossEntropy();

    // Kept, since it takes seconds to read.
    private static readonly Lazy<(Samples<float> Train, Samples<float> Test)> Images = new(() =>
    {
        var loaded = DataCatalog.Load(new FashionMnist(), seed: 0);
        return (Shaded(loaded.Data), Shaded(loaded.Test!));
    });

    private bool IsOfImages { get; init; }

    /// <summary>Lines of forty numbers, eight rounds, each as two of the paper's.</summary>
    public static TicketSearch Mnist1D { get; } = new(1500, 0.36, [.. Enumerable.Range(0, 9)]);

    /// <summary>Images of clothes, the paper's rounds: down to 51, 26, 17, 9, 5 and 3.6 % of the weights.</summary>
    public static TicketSearch Fashion { get; } = new(2000, 0.2, [0, 3, 6, 8, 11, 14, 15]) { IsOfImages = true };

    /// <summary>Numbers of each level.</summary>
    /// <param name="key">What data, first weights and batches are drawn from.</param>
    /// <param name="isAnew">Whether every round begins from weights that are drawn anew.</param>
    public double[] Prune(Key key, bool isAnew)
    {
        var (train, test) = IsOfImages ? Images.Value
            : (Made(key.For(Purpose.Data).At(0)), Made(key.For(Purpose.Data).At(1)));
        var architecture = Architecture.Of(
            train.Inputs.Columns, new Dense(300, Activation.Relu), new Dense(100, Activation.Relu), new Dense(10));
        var first = Drawn(0);
        var keeps = Pruning.All(architecture);
        var numbers = new List<double>();
        for (int round = 0; round <= Looks[^1]; round++)
        {
            var ticket = Trained(isAnew && round > 0 ? Drawn(round) : first);
            if (Looks.Contains(round))
            {
                double accuracy = Accuracy(ticket);
                double anew = round == 0 || isAnew ? accuracy : Accuracy(Trained(Drawn(round)));
                numbers.AddRange([Pruning.Left(architecture, keeps), accuracy, anew]);
            }
            keeps = Pruning.Round(keeps, ticket, Share);
        }
        return [.. numbers];

        Network<float> Drawn(int round) => Network<float>.Init(
            architecture, new Initializer.GlorotNormal(), key.For(Purpose.Init).At((uint)round));

        Network<float> Trained(Network<float> from)
        {
            var learner = new Learner(Loss, new Adam(Rate).Then(new Masked([.. keeps])), key);
            return learner.Fold(
                learner.Begin(Pruning.Applied(from, keeps)),
                Batches.From(train, BatchRows, key.For(Purpose.Shuffle)).Take(Steps), threads: 1).Network;
        }

        double Accuracy(Network<float> network) =>
            Answers.Right(network.Predict(test.Inputs, threads: 1), test.Targets);
    }

    private static Samples<float> Made(Key key) => Narrow(new Mnist1D().Make(key));

    private static Samples<float> Shaded(Dataset<double> images) =>
        Narrow(images.With(images.Inputs.Map(pixel => pixel / 255)));

    private static Samples<float> Narrow(Dataset<double> data)
    {
        var samples = data.For(Loss);
        return new(samples.Inputs.To<float>(), samples.Targets.To<float>());
    }
}
