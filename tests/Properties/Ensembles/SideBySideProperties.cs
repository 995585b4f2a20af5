using System.Numerics;
using CsCheck;
using Functional;
using Functional.Core.Ensembles;
using Functional.Core.Training;
using Properties.Generators;
using Xunit;

namespace Properties.Ensembles;

/// <summary>A course beside others has the checkpoints of the course alone: with its own seed, samples, rate, number of
/// epochs, stopping.</summary>
public sealed class SideBySideProperties
{
    [Fact]
    public void Beside_others_each_course_is_what_it_is_alone() => (
        from trainer in Any.Trainer
        from count in Gen.OneOf(1, 3, 17, 20)
        from threads in Gen.Int[1, 3]
        from every in Gen.Int[1, 9]
        select (trainer, count, threads, every)).Sample(
            (trainer, count, threads, every) =>
            {
                var siblings = Enumerable.Range(0, count).Select(i => Sibling(trainer.Experiment, i, count))
                    .OfType<Trainer>().ToArray();
                foreach (var alike in siblings.GroupBy(sibling => sibling.Experiment.Settings.Precision))
                    alike.Key.Do(new Comparing([.. alike], threads, every));
            },
            iter: 60);

    // Each has a learner of its own at every epoch: what its schedule has seen so far.
    [Fact]
    public void Each_falls_to_its_own_rate_and_stops_at_its_own_epoch()
    {
        foreach (var precision in new[] { Precision.Float, Precision.Double })
        {
            var trainers = Enumerable.Range(0, 40).Select(i => Any.TrainerOf(Experiment.Of(new()
            {
                Data = new Moons(40, Noise: 0.3),
                Hidden = [new Dense(3, Activation.Relu), new BatchNorm(), new Dropout(i % 3 * 0.2)],
                Seed = (ulong)i,
                Epochs = 6 + i % 5,
                BatchSize = 7,
                Validation = 0.3,
                Precision = precision,
                Optimizer = new Chain([new Adam(0.02 * (1 + i)), new Ema(0.5)]),
                Schedule = new ReduceOnPlateau("train_loss", Factor: 0.5, Patience: i % 2),
                Stopping = new Patience("validation_loss", 1 + i % 3),
            }))).OfType<Trainer>().ToArray();
            Assert.Equal(40, trainers.Length);
            precision.Do(new Comparing(trainers, 2, 4));
        }
    }

    private static Trainer? Sibling(Experiment experiment, int place, int count)
    {
        var settings = experiment.Settings with
        {
            Seed = experiment.Settings.Seed + (ulong)(place % 7),
            Epochs = 1 + (experiment.Settings.Epochs + place) % 4,
            Optimizer = Nudged.Of(experiment.Settings.Optimizer, place / (double)count),
        };
        var checkedOne = Experiment.Check(settings);
        return checkedOne.IsSuccess ? Any.TrainerOf((Experiment)checkedOne) : null;
    }

    private sealed record Comparing(Trainer[] Trainers, int Threads, int Every) : IInPrecision<bool>
    {
        public bool Do<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var members = Trainers
                .Select(trainer => ((Trainer<T>)trainer).Member(null, Functional.Core.Training.Every.Steps(Every)))
                .ToArray();
            var shown = SideBySide.Courses(members, LaneChoice.Always, Threads).ToLookup(at => at.Member, at => at.At);
            for (int i = 0; i < members.Length; i++)
            {
                var (experiment, data) = members[i];
                var alone = experiment.Course(data, every: members[i].Every, threads: 1).ToArray();
                Assert.Equal(alone.Select(at => at.State), shown[i].Select(at => at.State));
                Assert.Equal(alone.Select(at => at.LastStep), shown[i].Select(at => at.LastStep));
                Assert.Equal(alone, shown[i]);
            }
            return true;
        }
    }
}
