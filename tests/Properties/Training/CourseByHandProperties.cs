using System.Numerics;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Xunit;

namespace Properties.Training;

/// <summary>The course of an experiment is the fold over its batches, epoch by epoch, written out by hand.</summary>
public sealed class CourseByHandProperties
{
    private static readonly Dataset<double> Moons = Weighted(new Moons(Samples: 70).Make(Key.FromSeed(1)));
    private static readonly Dataset<double> Wave = new Sine(Samples: 70).Make(Key.FromSeed(2));

    private static readonly Settings Usual = new()
    {
        Data = new Given(),
        Epochs = 4,
        BatchSize = 16,
        Seed = 5,
        Hidden = [new Dense(5, Activation.Tanh), new BatchNorm(), new Dropout(0.2)],
        Optimizer = new Adam(0.02),
    };

    public static TheoryData<Settings> Choices => new(
        Usual,
        Usual with { Seed = 6, Shards = 4, Penalty = new Penalty.L2(0.05), Optimizer = new Sgd(0.1, 0.9) },
        Usual with { Schedule = new StepDecay(1, 0.5), BatchSize = 7 },
        Usual with
        {
            Schedule = new CosineAnnealing(),
            ScheduleBy = ScheduleUnit.Step,
            Initializer = new Initializer.HeNormal()
        },
        Usual with { Schedule = new Polynomial(), BatchSize = 1000, Hidden = [new Dense(3)] },
        Usual with
        {
            Schedule = new ReduceOnPlateau("train_loss", Patience: 0, Threshold: 0.9, Factor: 0.5),
            ClassWeights = ClassWeights.Equal
        });

    [Theory, MemberData(nameof(Choices))]
    public void A_course_is_the_fold_over_its_batches(Settings settings)
    {
        foreach (var data in (Dataset<double>[])[Moons, Wave])
        {
            Holds<float>(settings with { Precision = Precision.Float }, data);
            Holds<double>(settings with { Precision = Precision.Double }, data);
        }
    }

    private static void Holds<T>(Settings settings, Dataset<double> data) where T
        : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var experiment = Experiment.Of(settings, data);
        var prepared = experiment.Prepare<T>(data);
        var samples = prepared.Parts.Train.For(experiment.Loss);
        var key = Key.FromSeed(settings.Seed);
        var learner = new Learner(experiment.Loss, settings.Optimizer, key, settings.Shards, Penalty: settings.Penalty);
        var state = learner.Begin(Network<T>.Init(experiment.Architecture, settings.Initializer,
            key.For(Purpose.Init)));
        int rows = samples.Inputs.Rows, size = settings.BatchSize, perEpoch = (rows + size - 1) / size;
        bool byStep = settings.ScheduleBy == ScheduleUnit.Step;
        var schedule = settings.Schedule.For(settings.Epochs * (byStep ? perEpoch : 1));
        var losses = new List<double>();

        var course = experiment.Course(prepared, threads: 1).ToArray();
        Assert.Equal(settings.Epochs, course.Length);
        foreach (var (epoch, checkpoint) in course.Index())
        {
            learner = learner with { Schedule = schedule.After([.. losses]).By(byStep ? 1 : perEpoch) };
            var order = Draw.Permutation(key.For(Purpose.Shuffle).AtStep(epoch), rows);
            double sum = 0, weight = 0;
            for (int start = 0; start < rows; start += size)
            {
                var batch = new Batch<T>(samples, order, start, Math.Min(size, rows - start));
                state = learner.Step(state, batch);
                double own = samples.Weights is null ? batch.Count
                    : double.CreateChecked(T.Zero + Sum(samples.Weights.Select(order.Span.Slice(start, batch.Count))));
                (sum, weight) = (sum + own * Assert.IsType<Outcome.Trained>(state.Outcome).Loss, weight + own);
            }
            losses.Add(sum / weight);
            Assert.Equal(state, checkpoint.State);
            Assert.Equal((epoch + 1, state.Network), (checkpoint.Epoch, checkpoint.Network));
            Assert.Equal(sum / weight, checkpoint.TrainLoss, 1e-6 * Math.Abs(sum / weight));
        }
        // The library's own batches are these.
        var batches = Batches.From(samples, size, experiment.Key.For(Purpose.Shuffle)).Take(settings.Epochs * perEpoch);
        if (settings.Schedule is not ReduceOnPlateau) Assert.Equal(state, learner.Fold(experiment.Begin<T>(), batches));
    }

    private static T Sum<T>(Functional.Core.Numbers.Vec<T> weights) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        foreach (T weight in weights.Span) sum += weight;
        return sum;
    }

    private static Dataset<double> Weighted(Dataset<double> data) =>
        data.With(Draw.Uniform<double>(Key.FromSeed(3), data.Rows, 0.2, 3));
}
