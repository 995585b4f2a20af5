using Xunit;

namespace Acceptance;

/// <summary>Faulty options, specs and files: exit status 2, every fault in one go, no stack trace, nothing on
/// standard output and nothing half written.</summary>
public sealed class BadInput
{
    public static TheoryData<string, string> Options => new()
    {
        { "train --data nope", "data is \"nope\"; it should be a known data set: digits, xor" },
        { "train --data given", "data is \"given\"; it should name a data set" },
        { "train --hidden -3", "hidden[0].units is -3; it should be between 1 and 1048576" },
        { "train --hidden 0", "hidden[0].units is 0; it should be between 1 and 1048576" },
        { "train --hidden 2147483648",
            "hidden[0].units is 2147483648; it should be a whole number, between 1 and 1048576" },
        { "train --hidden 64,,32", "hidden[1] is \"\"; it should be a known layer" },
        { "train --hidden 1.5", "hidden[0].units is 1.5; it should be a whole number" },
        { "train --hidden 1000000,1000000", "parameters; it should have at most 134217728" },
        { "train --rate NaN", "optimizer.rate is \"NaN\"; it should be a number, above 0 and finite" },
        { "train --rate -0.1", "optimizer.rate is -0.1; it should be above 0 and finite" },
        { "train --rate 1e400", "optimizer.rate is 1e400; it should be a number, above 0 and finite" },
        { "train --rate 1e-400", "optimizer.rate is 1e-400; it should be a number, above 0 and finite" },
        { "train --rate 1e-60", "optimizer.rate is 1E-60, in float 0; it should be above 0 and finite" },
        { "train --data moons --noise 1e200", "data.noise is 1E+200; it should be between 0 and 1000000" },
        { "train --rate 0,1", "optimizer.rate is \"0,1\"; it should be a number" },
        { "train --batch 0", "batch_size is 0; it should be between 1 and 1048576" },
        { "train --epochs 0", "epochs is 0; it should be between 1 and 1000000" },
        { "train --epochs many", "epochs is \"many\"; it should be a whole number" },
        { "train --seed -1", "seed is -1; it should be a whole number, between 0 and 18446744073709551615" },
        { "train --seed 18446744073709551616", "seed is 18446744073709551616; it should be a whole number" },
        { "train --validation 1", "validation is 1; it should be 0 <= x < 1" },
        { "train --test -0.1", "test is -0.1; it should be 0 <= x < 1" },
        { "train --data xor --samples 4 --test 0.9", "at least 1 should be left to learn from" },
        { "train --data moons --noise -1", "data.noise is -1; it should be between 0 and 1000000" },
        { "train --data moons --samples 0", "data.samples is 0; it should be between 2 and 1000000" },
        { "train --data digits --samples 10", "data.samples is not a field" },
        { "train --data blobs --samples 100000 --batch 100000 --hidden 40000",
            "batch_size makes batches of 72000 rows; with this network they should have at most" },
        { "train --activation reluu", "activation is \"reluu\"; it should be a known activation: identity, step, "
            + "sigmoid, tanh, relu, leaky_relu" },
        { "train --activation tanh --hidden none",
            "activation is \"tanh\"; it should be given only where a hidden layer has an activation" },
        { "train --loss hinge", "loss is \"hinge\"; it should be a known loss" },
        { "train --data sine --loss softmax_cross_entropy", "which is for classes; this task is regression" },
        { "train --data sine --loss binary_cross_entropy_with_logits",
            "which is for classes; this task is regression" },
        { "--rate 0", "optimizer.rate is 0; it should be above 0 and finite" },
        { "train --data xor --hidden 1048576,activate,activate,activate --epochs 1 --batch 1048576 --samples 1000000",
            "batch_size makes batches of 720000 rows; with this network they should have at most" },
        { "data show moons --seed x", "seed is \"x\"; it should be a whole number" },
        { "train --initializer magic", "initializer is \"magic\"; it should be a known initializer" },
        { "train --optimizer sgdd", "optimizer is \"sgdd\"; it should be a known optimizer" },
        { "train --scaling big", "scaling is \"big\"; it should be a known scaling" },
        { "train --precision half", "precision is \"half\"; it should be one of float, double" },
        { "train --shards 3", "shards is 3; it should be a power of two" },
        { "train --threads 0", "threads is \"0\"; it should be a whole number, between 1 and 1024" },
        { "train --threads x", "threads is \"x\"; it should be a whole number, between 1 and 1024" },
        { "train --rates 1", "--rates is not an option here" },
        { "trian", "'trian'" },
        { "train missing.json", "missing.json cannot be read" },
        { "train .", "cannot be read" },
        { "evaluate missing", "there is no run missing" },
        { "predict missing --data digits", "missing is not there; it should be a run's directory or a model file" },
        { "runs show missing", "there is no run missing" },
        { "runs list missing", "missing is not there" },
        { "data show nope", "data is \"nope\"; it should be a known data set" },
        { "gradcheck --data xor --activation step",
            "hidden[0].activation is \"step\"; it should have a derivative that a gradient can go through" },
        { "gradcheck --data moons --output-activation step",
            "output_activation is \"step\"; it should have a derivative" },
        { "gradcheck --rate 0", "optimizer.rate is 0; it should be above 0 and finite" },
        { "explain --net 2-100-1 --input 0,1",
            "the network has 101 neurons; it should have at most 64 to be explained" },
        { "explain --net 65-2 --input 0", "the network has 65 inputs; it should have at most 64 to be explained" },
        { "explain", "the network has 266 neurons; it should have at most 64 to be explained" },
        { "explain --net 2-2-1 --activation step --input 0,1 --target 1",
            "layers[0].activation is \"step\"; it should have a derivative that a gradient can go through" },
        { "explain --net 2-2-1 --input 0,1,2 --target 1,2 --parameters 1",
            "the length of the input is 3; it should be 2" },
        { "explain --net 2-2-1 --input 0,1 --target 1,2 --parameters 1",
            "the length of the target is 2; it should be 1" },
        { "explain --net 2-2-1 --input 0,1 --parameters 1,2",
            "the length of parameters is 2; it should be 9: 4 0.weight, 2 0.bias, 2 1.weight, 1 1.bias" },
        { "explain --net 2-2-1 --input 0;1",
            "input has \"0;1\"; it should be numbers, finite, with commas between them" },
        { "explain --net 2-2-1 --input 0,NaN", "input has \"NaN\"; it should be numbers, finite" },
        { "explain --net 2-2-1", "input is not given; it should be, with --net" },
        { "explain --net 2-x-1 --input 0,1",
            "net has \"x\"; it should be whole numbers between 1 and 1048576, with - between them" },
        { "explain --net 2 --input 0,1", "net has 1 layers; it should have between 2 and 64" },
        { "explain --net 1000000-1000000-1 --input 1",
            "the network has 1000002000001 parameters; it should have at most 134217728" },
        { "explain --net 2-2-3 --loss softmax_cross_entropy --input 0,1 --target 3",
            "the target is 3; it should be the number of a class, between 0 and 2" },
        { "explain --net 2-2-1 --loss poisson_nll --input 0,1 --target -3",
            "the target has -3; for the loss \"poisson_nll\" it should be at least 0" },
        { "explain --net 2-2-1 --input 0,1 --format pdf",
            "format is \"pdf\"; it should be one of text, markdown, latex" },
        { "explain --net 2-2-1 --input 0,1 --language fr", "language is \"fr\"; it should be one of en, es" },
        { "explain --net 2-2-1 --input 0,1 --digits 18",
            "digits is \"18\"; it should be a whole number, between 1 and 17" },
        { "explain --net 2-2-1 --input 0,1 --target 1 --epochs 3",
            "--epochs 3 is given; nothing is trained here, so it should not be" },
        { "explain --data xor --hidden 2 --schedule cosine_annealing",
            "--schedule cosine_annealing is given; nothing is trained here" },
        { "explain --net 2-2-1 --input 0,1 --scaling none",
            "--scaling none is given; a net has no data, so it should not be" },
        { "explain --net 1-1 --input 0 --parameters 1,2 --seed 4",
            "--seed 4 is given; with --parameters nothing is drawn, so it should not be" },
        { "explain --net 2-2-1 --input 0,1 --json --digits 3",
            "--digits 3 is given; JSON has all digits and no format" },
        { "explain --net 2-2-1 --input 0,1 --forward --rate 0.1",
            "--rate is given; forward propagation alone has no update" },
        { "explain --net 2-2-1 --table 0,1=1 --input 0,1", "--input is given; with --table 0,1=1 it should not be" },
        { "explain --net 2-2-1 --table 0,x=1", "table has \"x\" among its inputs; it should be numbers, finite" },
        { "explain --net 2-2-1 --table 0,1=1;2=1", "table has samples of 2 and of 1 inputs; all should have as many" },
        { "explain --net 2-2-1 --table 0,1=1;1,0", "table has samples with a target and others without one" },
        { "explain --net 2-2-1 --table ;", "table has 0 samples; it should have at least 1" },
        { "explain --data xor --hidden 2 --table 65",
            "table is \"65\"; it should be a whole number, between 1 and 64" },
        { "explain --one-neuron --table 1=1", "--table is given; with --one-neuron it should not be" },
        { "explain --net 2-2-1 --input 0,1 --data xor", "--data xor is given; with --net it should not be" },
        { "explain --one-neuron --loss huber",
            "loss is \"huber\"; for the derivation with one hidden neuron it should be half_sum_squared_error" },
        { "explain --one-neuron --net 1-2-1",
            "the network is 1-2-1; for the derivation with one hidden neuron it should be 1-1-1" },
        { "explain --one-neuron --activation step", "layers[0].activation is \"step\"" },
        { "explain --data xor --hidden batch_norm,4",
            "the network has a layer \"batch_norm\"; to be explained it should be made of dense layers" },
        { "explain --data xor --hidden 4 --sample 0", "sample is \"0\"; it should be a whole number, between 1" },
        { "explain --data xor --hidden 4 --sample 401", "sample is 401; it should be between 1 and 400" },
        { "explain --data xor --hidden 4 --parameters 1",
            "parameters are given without a net; they should be given with one" },
        { "explain missing.json", "missing.json cannot be read" },
        { "explain full", "cannot be read" },
        { "train --out /proc/functional", "the output directory /proc/functional cannot be written" },
        { "train --out file", "the output directory file is a file; it should be new or empty" },
        { "train --out file/below", "the output directory file/below cannot be written" },
        { "train --out full", "the output directory full is not empty; it should be new or empty" },
    };

    [Theory, MemberData(nameof(Options))]
    public void A_faulty_option_is_named(string arguments, string message)
    {
        using var scratch = new Scratch();
        scratch.File("file", "x");
        Directory.CreateDirectory(scratch.At("full/of things"));
        Refused(scratch, arguments.Split(' '), message);
    }

    public static TheoryData<string, string> Specs => new()
    {
        { "{", "the experiment is not JSON (line 1" },
        { "", "the experiment is not JSON (line 1" },
        { "[1]", "the experiment is not a JSON object" },
        { """{"epoch": 3}""", "epoch is not a field; it should be one of data, hidden" },
        { """{"epochs": 3, "epochs": 4}""", "epochs is given twice" },
        { """{"epochs": "3"}""", "epochs is \"3\"; it should be a whole number" },
        { """{"epochs": 3.5}""", "epochs is 3.5; it should be a whole number" },
        { """{"epochs": null}""", "epochs is null; it should be a whole number" },
        { """{"hidden": 64}""", "hidden is 64; it should be a list, each item a layer" },
        { """{"hidden": [true]}""",
            "hidden[0] is true; it should be the name of a layer or an object with its name as \"kind\"" },
        { """{"hidden": [{"kind": "dense", "units": 4, "unit": 5}]}""", "hidden[0].unit is not a field" },
        { """{"hidden": [{"kind": "dropout", "rate": 1}]}""", "hidden[0].rate is 1; it should be 0 <= x < 1" },
        { """{"hidden": [{"kind": "residual", "body": [{"kind": "dense", "units": 3}]}]}""",
            "hidden[0] adds a body of 3 outputs to a shortcut of 64; they should be equal" },
        { """{"hidden": [{"kind": "residual", "body": [{"kind": "dense", "units": 3}], "shortcut": """
            + """[{"kind": "dense", "units": 4}]}]}""",
            "they should be equal" },
        { """{"optimizer": {"kind": "adam", "beta1": 1}}""", "optimizer.beta1 is 1; it should be 0 <= x < 1" },
        { """{"optimizer": {"kind": "chain", "rules": [{"kind": "clip_norm", "max": 0}]}}""",
            "optimizer.rules[0].max is 0; it should be above 0" },
        { """{"seed": 1.5}""", "seed is 1.5; it should be a whole number" },
        { """{"data": {"kind": "spirals", "arms": 1}}""", "data.arms is 1; it should be between 2 and 100" },
        { """{"data": "\ud800"}""", "data is \"\\ud800\" (not Unicode); it should be the name of a data set" },
        { """{"data": {"kind": "\udc00"}}""", "data is {\"kind\": \"\\udc00\"}; it should be the name of a data set" },
        { """{"data": {"kind": "csv_file", "path": "\ud800", "target": ["y", "\ud800"]}}""",
            "data.target[1] is \"\\ud800\" (not Unicode); it should be a text" },
        { """{"\ud800": 1, "epochs": 0}""", "\\ud800 is not a field; it should be one of data, hidden" },
        { """{"precision": "\udc00\ud800"}""",
            "precision is \"\\udc00\\ud800\" (not Unicode); it should be one of float, double" },
        { """{"precision": 32}""", "precision is 32; it should be one of float, double" },
    };

    [Theory, MemberData(nameof(Specs))]
    public void A_faulty_field_is_named(string spec, string message)
    {
        using var scratch = new Scratch();
        scratch.File("spec.json", spec);
        Refused(scratch, ["train", "spec.json"], message);
    }

    [Fact]
    public void Ten_faults_are_named_at_once()
    {
        using var scratch = new Scratch();
        scratch.File(
            "spec.json", """{"lossy": 1, "shards": 6, "hidden": [{"kind": "dense", "units": 0}], "test": 2}""");
        scratch.File("taken", "");
        Refused(scratch,
            ["train", "spec.json", "--rate", "x", "--batch", "-1", "--epochs", "0", "--seed", "?",
                "--loss", "none", "--threads", "0", "--out", "taken"],
            "lossy", "shards is 6", "hidden[0].units is 0", "test is 2", "optimizer.rate is \"x\"", "batch_size is -1",
            "epochs is 0", "seed is \"?\"", "loss is \"none\"", "threads is \"0\"", "taken is a file");
    }

    /// <summary>Runs the command and finds it refused: every message, nothing else, and no trace on disk.</summary>
    internal static void Refused(Scratch scratch, string[] arguments, params string[] messages)
    {
        string[] Entries() => [.. Directory.EnumerateFileSystemEntries(scratch.Path, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)];
        string[] before = Entries();
        var run = Command.Run(arguments, scratch.Path);
        Assert.All(messages, message => Assert.Contains(message, run.Errors, StringComparison.Ordinal));
        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.Equal(before, Entries());
    }
}
