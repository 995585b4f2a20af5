using CsCheck;
using Functional;
using Functional.Data;

namespace Properties.Generators;

internal static partial class Any
{
    /// <summary>Trainings of every kind, of a few epochs of a few steps.</summary>
    public static Gen<Trainer> Trainer =>
        from toy in Toy
        from settings in SettingsOf(toy, toy.Problem!, toy.InputCount!.Value)
        from epochs in Gen.Int[1, 5]
        from batch in Gen.Int[2, 40]
        from shards in Gen.OneOf(1, 2)
        let experiment = Functional.Experiment.Check(settings with
        {
            Epochs = epochs,
            BatchSize = batch,
            Shards = shards,
            Test = 0.2,
            Validation = 0.3,
        })
        where experiment.IsSuccess
        let trainer = TrainerOf((Experiment)experiment)
        where trainer is not null
        select trainer;

    /// <summary>The training of an experiment; none where its data do not fit it.</summary>
    public static Trainer? TrainerOf(Experiment experiment)
    {
        var data = DataCatalog.Load(experiment.Settings.Data, experiment.Settings.Seed);
        var trainer = Functional.Trainer.Of(experiment, data.Data, test: data.Test);
        return trainer.Succeeded ? trainer.Value : null;
    }
}
