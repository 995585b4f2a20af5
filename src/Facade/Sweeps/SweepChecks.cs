using Functional.Core.Ensembles;
using Functional.Core.Forms;

namespace Functional.Sweeps;

/// <summary>From what a sweep is asked for to a plan: every fault is found before anything is trained.</summary>
internal static class SweepChecks
{
    private const int MostSeeds = 1000, MostFaults = 20;

    /// <summary>A plan, or every fault of it.</summary>
    public static Attempt<SweepPlan> Of(SweepRequest request)
    {
        var faults = new List<Invalid>(OfRequest(request));
        var sound = request.Fields.Where(field => !field.Faults().Any()).DistinctBy(field => field.Name).ToArray();
        var made = new SweepExperiments(request.Start, request.Samples, sound);
        var fields = new List<VariedField>();
        foreach (var asked in sound)
            if (asked.Range is not { } range) fields.Add(new(asked.Name, asked.Values));
            else
            {
                bool isWhole = made.ShapeOf(asked.Path!) is Shape.Whole or Shape.Seed;
                if (range.Fault(isWhole) is { } fault) faults.Add(new($"{asked.Name}: {fault}"));
                else fields.Add(VariedField.Of(asked.Name, range, isWhole));
            }
        var trials = fields.Count == request.Fields.Count
            ? Attempt<Items<Trial>>.Of(Trials.Of(request.Search, fields, request.Start.Key))
            : Attempt<Items<Trial>>.Failed([]);
        faults.AddRange(trials.Faults);
        return faults.Count == 0
            ? Checked(request, made, trials.Value!)
            : Failed([.. faults, .. sound.SelectMany(field => Alone(request, sound, field, fields))]);
    }

    // Where there are no experiments to be checked, each field is by itself.
    private static IEnumerable<Invalid> Alone(
        SweepRequest request, AskedField[] sound, AskedField asked, List<VariedField> fields)
    {
        if (fields.Find(field => field.Name == asked.Name) is not { } field
            || sound.Any(other => other.Path is { } around && asked.Path?.IsWithin(around) == true))
            return [];
        var made = new SweepExperiments(request.Start, request.Samples, [asked]);
        var values = field.Range is null ? field.Values : field.Ends;
        return values.SelectMany(value => made.Of([value]).Faults);
    }

    private static Attempt<SweepPlan> Failed(IEnumerable<Invalid> faults)
    {
        var all = faults.Distinct().ToArray();
        return Attempt<SweepPlan>.Failed(all.Length <= MostFaults
            ? all
            : [.. all.Take(MostFaults), new($"and {all.Length - MostFaults} more faults of other experiments")]);
    }

    private static IEnumerable<Invalid> OfRequest(SweepRequest request)
    {
        if (request.Fields.Count == 0) yield return new($"there is no field to vary; there should be at least 1");
        foreach (var fault in request.Fields.SelectMany(field => field.Faults())) yield return fault;
        foreach (var twice in request.Fields.GroupBy(field => field.Name).Where(field => field.Count() > 1))
            yield return new($"{twice.Key} is varied twice; it should be once, with all its values");
        if (request.Search is Search.Halved && request.Fields.Any(field => field.Name == "epochs"))
            yield return new($"epochs is what halving shortens; it should be no field of it");
        if (request.Seeds.Count is < 1 or > MostSeeds)
            yield return new($"there are {request.Seeds.Count} seeds; there should be 1 to {MostSeeds}");
        foreach (var twice in request.Seeds.GroupBy(seed => seed).Where(seed => seed.Count() > 1))
            yield return new($"the seed {twice.Key} is given {twice.Count()} times; it should be once");
    }

    // Every experiment is read, and of each kind of cut and preparation one is made, before anything is trained.
    private static Attempt<SweepPlan> Checked(SweepRequest request, SweepExperiments made, Items<Trial> trials)
    {
        var (experiments, faults, notes) = (new List<Experiment>(), new List<Invalid>(), new List<Phrase>());
        var (known, parts) = (new Dictionary<string, Trial>(), new Dictionary<object, bool>());
        foreach (var trial in trials)
        {
            var read = made.Of(trial.Values);
            faults.AddRange(read.Faults);
            if (!read.Succeeded) continue;
            var experiment = SweepExperiments.WithSeed(read.Value, request.Seeds[0]);
            experiments.Add(experiment);
            if (!known.TryAdd(experiment.Digest, trial))
                faults.Add(new($"{Said(request, trial)} is the same experiment as "
                    + $"{Said(request, known[experiment.Digest])}; each should be another one"));
            if (!parts.TryAdd(Cut(experiment), false)) continue;
            var data = request.Samples.Of(experiment.Settings);
            var trainer = Trainer.Of(experiment, data.Data, request.Samples.Validation, data.Test);
            faults.AddRange(trainer.Faults);
            if (!trainer.Succeeded) continue;
            parts[Cut(experiment)] = trainer.Value.Rows.Validation > 0;
            notes.AddRange([.. data.Notes, .. trainer.Value.Notes]);
        }
        bool hasValidation = parts.Values.All(has => has);
        if (experiments.Select(one => (one.Settings.Resampling, one.Settings.Member)).Distinct().Count() > 1)
            notes.Add($"experiments with other rows or first weights are beside each other: the best of them may only "
                + $"have been lucky in these");
        if (faults.Count == 0 && !hasValidation && request.Search is Search.Halved)
            faults.Add(new($"there is no validation part to choose by; halving should have one (validation above 0)"));
        else if (faults.Count == 0 && !hasValidation && parts.Values.Any(has => has))
            faults.Add(new($"validation leaves some experiments without a validation part; all should have one, or "
                + $"none"));
        if (faults.Count == 0)
            return Attempt<SweepPlan>.Done(
                new(request, trials, [.. experiments], [.. notes.Distinct()], hasValidation));
        return Failed(faults);
    }

    // What the cut and the preparation of samples depend on.
    private static object Cut(Experiment experiment)
    {
        var of = experiment.Settings;
        return (
            of.Data, of.Missing, of.Test, of.Validation, of.Resampling, of.Scaling, of.TargetScaling, of.BatchSize,
            of.ClassWeights, of.Precision, of.Loss, of.Stopping.Watched, of.Schedule.Watched);
    }

    private static string Said(SweepRequest request, Trial trial) =>
        string.Join(", ", request.Fields.Zip(trial.Values, (field, value) => $"{field.Name} {value}"));
}
