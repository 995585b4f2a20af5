using System.Text.Json.Nodes;
using Functional;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Formats;
using Xunit;

namespace Properties.Ensembles;

/// <summary>A bag: the mean of several networks as one model.</summary>
public sealed class BagProperties
{
    private static readonly Key Seed = Key.FromSeed(3);
    private static readonly Dataset<double> Moons = new Moons(Samples: 80).Make(Seed),
        Waves = new Sine(Samples: 80).Make(Seed), Blobs = new Blobs(Samples: 90).Make(Seed),
        Labels = Dataset<double>.Of(
            new Problem.MultiLabel(2),
            Matrix<double>.Of([1, 2], [2, 0], [0, 1], [3, 3], [1, 1], [2, 2], [0, 3], [3, 1]),
            Matrix<double>.Of([1, 0], [0, 0], [1, 1], [0, 1], [1, 0], [0, 1], [1, 1], [0, 0]));

    private static Settings With(Precision precision, Loss? loss = null, Activation? output = null) => new()
    {
        Hidden = [new Dropout(0.1), new Dense(6, Activation.Tanh), new BatchNorm()],
        Epochs = 3,
        Optimizer = new Adam(0.02),
        BatchSize = 8,
        Precision = precision,
        Loss = loss,
        OutputActivation = output ?? Activation.Identity,
    };

    public static TheoryData<string> Kinds => new(Subjects.Keys);

    private static readonly Dictionary<string, (Settings Settings, Dataset<double> Data)> Subjects = new()
    {
        ["three classes"] = (With(Precision.Float), Blobs),
        ["two classes"] = (With(Precision.Double), Moons),
        ["one output"] = (With(Precision.Float, new BinaryCrossEntropyWithLogits()), Moons),
        ["probabilities"] = (With(Precision.Double, new BinaryCrossEntropy(), Activation.Sigmoid), Moons),
        ["margins"] = (With(Precision.Double, new MultiMarginHinge()), Blobs),
        ["squares"] = (With(Precision.Float, new MeanSquaredError(), Activation.Softmax), Blobs),
        ["labels"] = (With(Precision.Float) with { Validation = 0.2 }, Labels),
        ["numbers"] = (With(Precision.Float), Waves),
        ["numbers as they are"] =
            (With(Precision.Double, new Huber()) with { TargetScaling = new Scaler.None() }, Waves),
    };

    private static readonly Dictionary<string, Lazy<BagResults>> Trained = Subjects.ToDictionary(
        subject => subject.Key,
        subject => new Lazy<BagResults>(() => TrainerOf(subject.Key).RunBag(5, null, 0, default)));

    private static Trainer TrainerOf(string kind) =>
        Trainer.Of(Experiment.Of(Subjects[kind].Settings, Subjects[kind].Data), Subjects[kind].Data).OrThrow();

    private static Matrix<double> Said(Model model, Matrix<double> inputs) =>
        model.Probabilities(inputs) ?? model.Outputs(inputs);

    [Theory, MemberData(nameof(Kinds))]
    public void A_bag_predicts_the_mean_of_its_members(string kind)
    {
        var (results, inputs) = (Trained[kind].Value, Subjects[kind].Data.Inputs);
        Matrix<double>[] each = [.. results.Members.Select(member => Said(member.Model, inputs))];
        var bag = Said(results.Bag.Model, inputs);
        int columns = each[0].Columns;
        for (int row = 0; row < inputs.Rows; row++)
            for (int column = 0; column < columns; column++)
            {
                double sum = 0;
                foreach (var one in each) sum += one[row, column];
                // Of two classes with one output the second one's probabilities are averaged.
                if (columns == 2 && results.Bag.Model.Architecture.Outputs == 1 && column == 0)
                    Assert.Equal(1 - bag[row, 1], bag[row, 0]);
                else Assert.Equal(sum / 5, bag[row, column]);
            }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_row_alone_is_predicted_as_among_others(string kind)
    {
        var (model, inputs) = (Trained[kind].Value.Bag.Model, Subjects[kind].Data.Inputs);
        var all = model.Outputs(inputs, threads: 2);
        var one = new double[all.Columns];
        for (int row = 0; row < inputs.Rows; row++)
        {
            model.Outputs(inputs.Row(row), one);
            Assert.Equal(all.Row(row).ToArray(), one);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_bag_of_one_is_its_member(string kind)
    {
        var (member, data) = (Trained[kind].Value.Members[2].Model, Subjects[kind].Data);
        var bag = Model.Bag([member]);
        Assert.Equal(Said(member, data.Inputs), Said(bag, data.Inputs));
        Assert.Equal(member.Evaluate(data), bag.Evaluate(data));
        Assert.Equal(member.ParametersSha256, bag.ParametersSha256);
        Assert.Equal([member], bag.Members());
        if (data.Problem is Problem.Classification)
            Assert.Equal(member.Classes(data.Inputs), bag.Classes(data.Inputs));
        if (data.Problem is Problem.MultiLabel) Assert.Equal(member.Labels(data.Inputs), bag.Labels(data.Inputs));
    }

    // Sums of two numbers have no order; those of more have, which is that of the members.
    [Theory, MemberData(nameof(Kinds))]
    public void Another_order_of_the_members_changes_at_most_a_last_bit(string kind)
    {
        var (members, inputs) = (Trained[kind].Value.Bag.Model.Members(), Subjects[kind].Data.Inputs);
        Assert.Equal(
            Said(Model.Bag([members[0], members[1]]), inputs), Said(Model.Bag([members[1], members[0]]), inputs));
        var (one, other) = (Said(Model.Bag(members), inputs), Said(Model.Bag([.. members.Reverse()]), inputs));
        Assert.All(one.Cells.Span.ToArray().Zip(other.Cells.Span.ToArray(), (x, y) => (x, y)), at =>
            Assert.Equal(at.x, at.y, 1e-15 * (1 + Math.Abs(at.x))));
        Assert.NotEqual(Model.Bag(members), Model.Bag([.. members.Reverse()]));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_loss_of_a_bag_is_that_of_what_it_predicts(string kind)
    {
        var (settings, data) = Subjects[kind];
        var model = Trained[kind].Value.Bag.Model;
        var said = Said(model, data.Inputs);
        double Of(int row) => kind switch
        {
            "three classes" or "two classes" or "one output" or "probabilities" =>
                -Math.Log(said[row, (int)data.Targets[row, 0]]),
            "labels" => Enumerable.Range(0, 2).Average(label =>
                -Math.Log(data.Targets[row, label] == 1 ? said[row, label] : 1 - said[row, label])),
            "margins" => Enumerable.Range(0, 3).Where(k => k != (int)data.Targets[row, 0])
                .Sum(k => Math.Max(0, 1 - said[row, (int)data.Targets[row, 0]] + said[row, k])) / 3,
            "squares" => Enumerable.Range(0, 3).Average(k =>
                Math.Pow(said[row, k] - (k == (int)data.Targets[row, 0] ? 1 : 0), 2)),
            "numbers" => Math.Pow(
                (said[row, 0] - data.Targets[row, 0]) * model.Encoding.TargetScaling!.Factor[0], 2),
            _ => Math.Abs(said[row, 0] - data.Targets[row, 0]) is var off && off <= 1 ? off * off / 2 : off - 0.5,
        };
        Assert.Equal(
            Enumerable.Range(0, data.Rows).Average(Of), model.Evaluate(data).Loss, 1e-6);
        Assert.NotNull(settings);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Scores_and_classes_are_those_of_the_means(string kind)
    {
        var (model, data) = (Trained[kind].Value.Bag.Model, Subjects[kind].Data);
        var said = Said(model, data.Inputs);
        double right = data.Problem switch
        {
            Problem.Classification => Enumerable.Range(0, data.Rows).Average(row =>
                Enumerable.Range(0, said.Columns).MaxBy(k => said[row, k]) == (int)data.Targets[row, 0] ? 1.0 : 0),
            Problem.MultiLabel => Enumerable.Range(0, data.Rows).Average(row => Enumerable.Range(0, said.Columns)
                .Average(k => said[row, k] >= 0.5 == (data.Targets[row, k] == 1) ? 1.0 : 0)),
            _ => 1 - Enumerable.Range(0, data.Rows).Sum(row => Math.Pow(said[row, 0] - data.Targets[row, 0], 2))
                / Enumerable.Range(0, data.Rows).Sum(row =>
                    Math.Pow(data.Targets[row, 0] - data.Targets.Cells.Span.ToArray().Average(), 2)),
        };
        Assert.Equal(right, model.Evaluate(data).Score.Value, 1e-5);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_bag_is_kept_to_the_bit_in_one_file(string kind)
    {
        string file = Path.GetTempFileName();
        var model = Trained[kind].Value.Bag.Model with { Metadata = new() { Date = "today" } };
        if (kind == "two classes") model = model.At(0.3);
        model.Save(file);
        Assert.Equal(model, Model.Load(file));
        Assert.Equal(model.FileSha256, Model.Load(file).FileSha256);
        File.Delete(file);
    }

    [Fact]
    public void A_file_without_a_member_is_refused_by_its_name()
    {
        string file = Path.GetTempFileName();
        Trained["three classes"].Value.Bag.Model.Save(file);
        byte[] whole = File.ReadAllBytes(file);
        void Refused(string message, Func<Tensor, bool>? keep = null, string? members = null)
        {
            var (tensors, texts) = SafeTensors.Read(new MemoryStream(whole));
            if (members is not null) texts["members"] = members;
            File.WriteAllBytes(file, SafeTensors.Write(
                [.. tensors.Values.Where(keep ?? (_ => true))], texts.Select(text => (text.Key, text.Value))));
            Assert.Equal(
                $"{file} is not a model: {message}",
                Assert.Throws<InvalidInputException>(() => Model.Load(file)).Message);
        }
        Refused(
            "it has no tensors of members.3; every member of the bag should be there",
            tensor => !tensor.Name.StartsWith("members.3.", StringComparison.Ordinal));
        Refused("tensor \"members.1.1.bias\" is missing", tensor => tensor.Name != "members.1.1.bias");
        Refused("it has no tensors of members.5; every member of the bag should be there", members: "6");
        Refused("tensor \"members.4.1.weight\" belongs to no layer", members: "4");
        Refused("it has \"0\" members; there should be between 1 and 10000", members: "0");
        Refused("it has \"many\" members; there should be between 1 and 10000", members: "many");
        File.WriteAllBytes(file, whole[..^100]);
        Assert.Contains(
            $"{file} is not a model: ", Assert.Throws<InvalidInputException>(() => Model.Load(file)).Message);
        File.Delete(file);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_member_is_an_experiment_by_itself(string kind)
    {
        var (settings, data) = Subjects[kind];
        var results = Trained[kind].Value;
        var alone = Experiment.Of(settings with { Member = 3 }, data).Train(data);
        Assert.Equal(results.Members[3].Model, alone.Model);
        Assert.Equal(results.Members[3].Test, alone.Test);
        Assert.Equal(results.Members[0].Model, Experiment.Of(settings, data).Train(data).Model);
        Assert.Single(results.Members.Select(member => member.Model.Encoding).Distinct());
        Assert.Equal(5, results.Members.Select(member => member.Model.ParametersSha256).Distinct().Count());
        Assert.Equal(results.Bag.Model, TrainerOf(kind).RunBag(5, null, 1, default).Bag.Model);
    }

    [Fact]
    public void The_number_of_a_member_is_written_down_where_it_is_not_0()
    {
        var experiment = Experiment.Of(new Settings { Data = new Moons() });
        Assert.False(JsonNode.Parse(experiment.ToJson())!.AsObject().ContainsKey("member"));
        var member = experiment.OfMember(7);
        Assert.Equal(7, (int)JsonNode.Parse(member.ToJson())!["member"]!);
        Assert.Equal(member, Experiment.Parse(member.ToJson()));
        Assert.NotEqual(experiment.Digest, member.Digest);
        Assert.Equal(Key.FromSeed(42), experiment.Key);
        // Members draw from keys of their own; the split is that of the seed.
        Assert.Equal(Key.FromSeed(42).For(Purpose.Member).At(7), member.Key);
        Assert.Equal(Key.FromSeed(42), member.DataKey);
        Assert.NotEqual(member.Begin<double>().Network, experiment.Begin<double>().Network);
    }

    [Fact]
    public void Programs_train_bags_as_they_train_one()
    {
        var net = Mlp.Classifier([6], Activation.Tanh);
        var heard = new List<int>();
        var trained = net.TrainBag(
            Moons, 3, settings => settings with { Epochs = 2 }, progress: new Listener(heard));
        Assert.Equal(
            [2, 2, 2], heard.CountBy(member => member).OrderBy(count => count.Key).Select(count => count.Value));
        Assert.Equal(3, trained.Members.Count);
        Assert.IsType<ClassificationReport>(trained.Test);
        Assert.Contains("\nmember 2 ", trained.ToString());
        Assert.Equal(
            trained.Members.Average(member => member.Test!.Score.Value), trained.Results.MeanScore, 1e-12);
        string file = Path.GetTempFileName();
        trained.Model.Save(file);
        Assert.Equal(trained.Model, Classifier.Load(file));
        Assert.Equal(trained.Model.Evaluate(Moons), Classifier.Load(file).Evaluate(Moons));
        Assert.Contains("the mean of 3 networks of ", $"{trained.Model}");
        Assert.Throws<InvalidInputException>(() => Regressor.Load(file));
        File.Delete(file);
    }

    private sealed class Listener(List<int> heard) : IProgress<(int Member, Epoch Epoch)>
    {
        public void Report((int Member, Epoch Epoch) value) => heard.Add(value.Member);
    }

    [Fact]
    public void A_threshold_is_of_the_mean_probability()
    {
        var model = Trained["two classes"].Value.Bag.Model;
        var said = model.Probabilities(Moons.Inputs)!;
        Assert.All([0.2, 0.5, 0.8], threshold => Assert.Equal(
            Enumerable.Range(0, Moons.Rows).Select(row => said[row, 1] >= threshold ? 1 : 0),
            model.At(threshold).Classes(Moons.Inputs).Span.ToArray()));
        var curve = model.Thresholds(Moons);
        Assert.Equal(
            ((ClassificationReport)model.At(0.3).Evaluate(Moons)).Accuracy, curve.At(0.3).Accuracy, 1e-12);
    }

    [Fact]
    public void What_is_of_one_network_is_refused_by_name()
    {
        var bag = Trained["numbers"].Value.Bag.Model;
        void Refused(string message, Action action) =>
            Assert.Equal(message, Assert.Throws<InvalidInputException>(action).Message);
        Refused("the model is a bag of 5 networks; an explanation is of one", () => bag.Explain(Vec<double>.Of(1)));
        Refused(
            "the model to start from is a bag of 5 networks; it should be one network",
            () => Mlp.Regressor([6]).Train(Waves, from: new Regressor(bag)));
        Refused("a bag has 0 members; it should have at least 1", () => Model.Bag([]));
        Refused(
            "member 1 does not go with member 0; all members of a bag should have one precision, architecture, loss, "
                + "problem and encoding",
            () => Model.Bag([bag.Members()[0], Trained["three classes"].Value.Members[0].Model]));
        Refused(
            "member 0 is a bag of 5 networks; it should be one network", () => Model.Bag([bag]));
        Refused(
            "members is 0; it should be a whole number, between 1 and 1000",
            () => Mlp.Regressor([6]).TrainBag(Waves, 0));
        Refused(
            "member is 2; of a bag's experiment it should be 0, since its members are numbered from there",
            () => Mlp.Regressor([6]).TrainBag(Waves, 2, settings => settings with { Member = 2 }));
    }

    [Fact]
    public void A_bag_of_which_a_member_diverges_says_so() => Assert.IsType<Outcome.Diverged>(
        Mlp.Regressor([6]).TrainBag(Waves, 2, settings => settings with { Optimizer = new Sgd(1e30), Epochs = 2 })
            .Outcome);
}
