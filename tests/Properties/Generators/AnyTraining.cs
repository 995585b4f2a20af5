using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Training;

namespace Properties.Generators;

/// <summary>A learner, where it starts, and what it sees.</summary>
internal sealed record Run(Learner Learner, TrainState<double> Start, Batch<double>[] Batches);

/// <summary>Generators of what training needs.</summary>
internal static partial class Any
{
    /// <summary>Every optimizer that is not a chain and takes one gradient, with random fields.</summary>
    public static Gen<Optimizer> Rule => Gen.Frequency((1, Usual), (1, Gen.OneOf(
        Gen.Double[0.001, 0.1].Select(rate => (Optimizer)new Rate(rate)),
        Gen.Double[0, 0.95].Select(decay => (Optimizer)new Momentum(decay)),
        Gen.Double[0, 0.95].Select(decay => (Optimizer)new Nesterov(decay)),
        Gen.Double[0, 0.1].Select(lambda => (Optimizer)new WeightDecay(lambda)),
        Gen.Double[0.1, 2].Select(max => (Optimizer)new ClipNorm(max)),
        Gen.Select(
            Gen.Double[0, 0.99], Gen.Double[0, 0.999], (beta1, beta2) => (Optimizer)new ScaleByAdam(beta1, beta2)),
        Gen.Select(
            Gen.Double[0.001, 0.1], Gen.Double[0, 0.95], Gen.Bool, Gen.OneOf(0, 0.01),
            (rate, momentum, nesterov, decay) => (Optimizer)new Sgd(rate, momentum, nesterov, decay)),
        Gen.Select(
            Gen.Double[0.001, 0.1], Gen.OneOf(0, 0.01), (rate, decay) => (Optimizer)new Adam(rate, WeightDecay: decay)),
        Gen.Select(
            Gen.Double[0.001, 0.1], Gen.Double[0, 0.1],
            (rate, decay) => (Optimizer)new AdamW(rate, WeightDecay: decay)),
        Gen.Select(
            Gen.Double[0.01, 0.9], Gen.Double[0.01, 0.9],
            (decay, dampening) => (Optimizer)new Momentum(decay, dampening)),
        Gen.Select(Gen.Double[0, 0.99], Gen.Bool, (alpha, centered) => (Optimizer)new ScaleByRms(alpha, 0.1, centered)),
        Gen.Select(
            Gen.Double[0, 0.99], Gen.Double[0, 0.1],
            (beta, decay) => (Optimizer)new Nadam(Beta1: beta, MomentumDecay: decay)),
        Gen.Select(
            Gen.Double[0, 0.99], Gen.Double[0, 0.9],
            (beta1, beta2) => (Optimizer)new Radam(Beta1: beta1, Beta2: beta2)),
        Gen.Select(
            Gen.Double[0, 0.99], Gen.Bool, (beta, amsgrad) => (Optimizer)new Adam(Beta2: beta, Amsgrad: amsgrad)),
        Gen.Select(Gen.Int[1, 4], Usual, (steps, inner) => (Optimizer)new Accumulate(steps, inner)))));

    /// <summary>Every optimizer that is not a chain and takes one gradient, as it is when only its name is
    /// given.</summary>
    private static Gen<Optimizer> Usual => Gen.OneOf(
        [.. Functional.Optimizer.Kinds.Prototypes.Where(optimizer => optimizer is not Chain and not Functional.Sam)]);

    /// <summary>Every schedule, or none.</summary>
    public static Gen<Schedule?> Schedule => Gen.Frequency(
        (1, Gen.Const((Schedule?)null)),
        (2, Gen.OneOf([.. Functional.Schedule.Kinds.Prototypes.Select(schedule => (Schedule?)schedule.For(20))])));

    /// <summary>Sharpness-aware minimisation around every optimizer that takes one gradient.</summary>
    public static Gen<Sam> Sam => Gen.Select(
        Gen.Double[0.01, 0.5], Gen.Bool, OfOneGradient,
        (radius, adaptive, inner) => new Sam(radius, adaptive, inner));

    /// <summary>Every optimizer: those of one gradient a step, and those of two, alone and at the head of a
    /// chain.</summary>
    public static Gen<Optimizer> Optimizer => Gen.Frequency(
        (4, OfOneGradient),
        (1, Sam.Select(sam => (Optimizer)sam)),
        (1, Gen.Select(Sam, OfOneGradient, (sam, next) => sam.Then(next))));

    /// <summary>Every optimizer of one gradient a step: rules, and chains however they were written down.</summary>
    public static Gen<Optimizer> OfOneGradient => Gen.Frequency(
        (3, Rule),
        (2, Rule.Array[0, 3]
            .Select(rules => rules.Aggregate(Functional.Optimizer.Identity, (chain, rule) => chain.Then(rule)))),
        (1, Rule.Array[0, 3].Select(rules => (Optimizer)new Chain([.. rules]))),
        (1, Rule.Array[1, 2].Select(rules => (Optimizer)new Chain([new Chain([.. rules]), new Rate(0.01)]))));

    public static Gen<Learner> Learner =>
        from loss in Loss
        from optimizer in Optimizer
        from key in Key
        from shards in Gen.OneOf(1, 2, 4)
        from schedule in Schedule
        from each in Gen.Int[1, 3]
        from penalty in Gen.OneOf([.. Functional.Penalty.Kinds.Prototypes])
        select new Learner(loss, optimizer, key, shards, schedule?.By(each), penalty);

    public static Gen<Run> Run => Runs(Learner, Network);

    /// <summary>Runs of up to six short batches; some batches have fewer rows than the learner has shards.</summary>
    public static Gen<Run> Runs(Gen<Learner> learners, Gen<Network<double>> networks) =>
        from learner in learners
        from network in networks
        from rows in Gen.Int[1, 12]
        from samples in Samples(network.Architecture, learner.Loss, rows)
        from size in Gen.Int[1, 6]
        from count in Gen.Int[0, 6]
        from key in Key
        select new Run(learner, learner.Begin(network), [.. Batches.From(samples, size, key).Take(count)]);

    /// <summary>Every data source that has a name, those with fields as often as not with other ones.</summary>
    public static Gen<DataSource> DataSource => Gen.OneOf(
        Gen.OneOf([.. Functional.DataSource.Kinds.Prototypes.Where(source => source.InputCount is not null)]),
        Toy.Select(toy => (DataSource)toy));

    public static Gen<Toy> Toy => Gen.Select(Gen.Int[2, 300], Gen.Double[0, 0.5], Gen.Int[2, 5], Gen.Double[0.1, 3])
        .SelectMany((samples, noise, count, real) =>
            Gen.OneOf<Toy>(
                new Xor(samples, noise), new Moons(samples, noise), new Circles(samples, noise),
                new Spirals(samples, noise, count, real),
                new Blobs(samples, noise, count), new Sine(samples, noise, real),
                new Fourier(samples, noise, count, count), new Mnist1D(10 * count)));

    /// <summary>Every way with missing cells.</summary>
    public static Gen<MissingCells> Missing => Gen.OneOf(
        Gen.OneOf([.. MissingCells.Kinds.Prototypes]),
        Gen.Select(
            Gen.Double[-5, 5], Gen.Bool,
            (value, indicators) => (MissingCells)new MissingCells.Constant(value, indicators)));

    /// <summary>Data that a program or a file has, with what they say.</summary>
    public static Gen<(DataSource Data, LearningTask Task)> DataWithTask =>
        from names in Gen.String[Gen.Char.AlphaNumeric, 1, 5].Array[2, 6]
            .Where(names => names.Distinct().Count() == names.Length)
        from outputs in Gen.Int[2, 4]
        from problem in Gen.OneOf<Problem>(
            Gen.Const<Problem>(new Problem.Classification(outputs)),
            Gen.Const<Problem>(new Problem.MultiLabel(outputs)), Gen.Const<Problem>(new Problem.Regression(outputs)))
        from source in Gen.OneOf<DataSource>(
            Gen.Const<DataSource>(new Given()), Gen.Const<DataSource>(new IdxDirectory(names[0])),
            Gen.OneOf(TaskKind.Auto, TaskKind.Numbers, TaskKind.Labels)
                .Select(task => (DataSource)new NumpyFile(names[0], names[1], task)),
            Gen.Select(
                Gen.OneOf(DateOrder.Ymd, DateOrder.Dmy), Gen.OneOf(HeaderLine.Auto, HeaderLine.No), Gen.OneOf(",", "."),
                (dates, header, point) =>
                    (DataSource)new CsvFile(names[0], [names[1]], [.. names])
                    {
                        Weight = names[1],
                        Task = TaskKind.Classes,
                        Format = new()
                        {
                            Dates = dates,
                            Header = header,
                            Decimal = point,
                            OddCells = OddCells.Missing,
                            Columns = [new ColumnKind.Days(names[0])]
                        },
                    }))
        from isNamed in Gen.Bool
        let features = names.Select((name, i) => new Feature(name, i == 0 ? [name, "b"] : [])).ToArray()
        select (source, new LearningTask(problem, features.Sum(feature => feature.Width))
        {
            Features = isNamed ? [.. features] : [],
            Labels = isNamed && problem is not Problem.Regression
                ? [.. Enumerable.Range(0, outputs).Select(label => $"class {label}")]
                : [],
            Targets = isNamed ? [names[1]] : [],
        });

    /// <summary>Experiments on every data source.</summary>
    public static Gen<Experiment> Experiment => Gen.OneOf(
        Settings.Select(
            settings => Functional.Experiment.Check(settings).IfFail(faults => throw new FormatException($"{faults}"))),
        DataWithTask.SelectMany(of => SettingsOf(of.Data, of.Task.Problem, of.Task.Inputs).Select(settings =>
            Functional.Experiment.Check(settings, of.Task).IfFail(faults => throw new FormatException($"{faults}")))));

    /// <summary>Settings without fault of data that have a name.</summary>
    public static Gen<Settings> Settings =>
        DataSource.SelectMany(data => SettingsOf(data, data.Problem!, data.InputCount!.Value));

    /// <summary>Settings without fault of some data.</summary>
    public static Gen<Settings> SettingsOf(DataSource data, Problem problem, int inputs) =>
        from hidden in Layers(inputs, 2, Activation, layerNorm: true, depth: 1)
        from output in Activation.Where(phi => phi != Functional.Activation.Softmax)
        from loss in Gen.OneOf(Gen.Const((Loss?)null), Losses(problem).Select(loss => (Loss?)loss))
        from initializer in Initializer
        from optimizer in Optimizer
        from sizes in Gen.Select(Gen.Int[1, 1 << 20], Gen.Int[1, 1_000_000], Gen.ULong, Gen.Int[0, 10])
        from shares in Gen.Select(Gen.Double[0, 0.9], Gen.Double[0, 0.9])
        from control in Gen.Select(
            Gen.OneOf([.. Functional.Schedule.Kinds.Prototypes]), Gen.OneOf([.. Functional.Penalty.Kinds.Prototypes]),
            Gen.OneOf([.. Stopping.Kinds.Prototypes]), Gen.OneOf(ScheduleUnit.Epoch, ScheduleUnit.Step))
        from scaling in Gen.OneOf([.. Scaler.Kinds.Prototypes])
        from missing in Missing.Where(missing => !(missing.HasIndicators && data.HasMissingCells))
        from precision in Gen.OneOf(Precision.Float, Precision.Double)
        select new Settings
        {
            Data = data,
            Hidden = [.. hidden],
            OutputActivation = loss is Functional.BinaryCrossEntropy ? Functional.Activation.Sigmoid : output,
            Loss = loss,
            Initializer = initializer,
            Optimizer = optimizer,
            Schedule = control.Item1,
            Penalty = control.Item2,
            ClassWeights = problem is Problem.Classification(var classes)
                ? sizes.Item4 switch
                {
                    < 3 => ClassWeights.Balanced,
                    < 6 => ClassWeights.Given([.. Enumerable.Range(1, classes).Select(k => k / 7.0)]),
                    _ => ClassWeights.Equal
                }
                : ClassWeights.Equal,
            Stopping = control.Item3,
            ScheduleBy = control.Item4,
            BatchSize = Math.Max(sizes.Item1, (1 << sizes.Item4) + 1), // batch norm takes two rows at a time
            Epochs = sizes.Item2,
            Seed = sizes.Item3,
            Shards = 1 << sizes.Item4,
            Test = shares.Item1,
            Validation = shares.Item2,
            Missing = missing,
            Scaling = scaling,
            Precision = precision,
        };

    private static Gen<Loss> Losses(Problem problem) => EveryLoss.Where(loss => problem switch
    {
        Problem.Classification => true,
        Problem.MultiLabel => !loss.IsAcrossOutputs,
        _ => !loss.IsForClasses,
    });
}
