using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Acceptance;

/// <summary><c>functional explain</c> on the lecture's nets, on runs and on large nets, in every
/// way to write it.</summary>
public sealed class ExplainAcceptance
{
    public static TheoryData<string, string[]> LecturesNets => new()
    {
        { "--one-neuron", ["∂½[ŷ - y]²/∂w(1)_1,1 = ∂½[ŷ - y]²/∂u · ∂u/∂a(2)_1", "δ(3) = ŷ - y", "δ(2) ="] },
        { "--net 3-5-4-3 --input 1,-0.5,2 --target 1,0,-1", [
            "z{4} = W{3}ᵀ · a{3} + b{3}", "δ{3} = δ{4} · ∂z{4}/∂a{3} · ∂a{3}/∂z{3}", "∂ECM/∂w{1}_3,5 = δ{2}_5 · x_3"] },
        { "--net 2-7-1 --input 1,2 --target 0.5", ["ŷ = φ(z{3}) = z{3}", "ECM = ½ · (y - ŷ)^2", "∂ECM/∂ŷ = -(y - ŷ)"] },
        { "--net 2-2-1 --activation step --output-activation step --parameters 1,-1,1,-1,-1.5,0.5,-1,-1,0.5 --input "
            + "1,0 --forward",
            ["ŷ = step(W{2}ᵀ · step(W{1}ᵀ · x + b{1}) + b{2})", "ŷ = φ(z{3}) = 1"] },
    };

    [Theory, MemberData(nameof(LecturesNets))]
    public void The_lectures_nets_are_explained_as_the_lecture_does(string arguments, string[] pieces)
    {
        var explained = Command.Run(["explain", .. arguments.Split(' ')]);
        Assert.Equal((0, ""), (explained.Status, explained.Errors));
        Assert.All(pieces, piece => Assert.Contains(piece, explained.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void XOR_by_hand_is_XOR() => Assert.Equal(
        [0, 1, 1, 0],
        ((string[])["0,0", "1,0", "0,1", "1,1"]).Select(x => (double)Command.Run(
            ["explain", "--net", "2-2-1", "--activation", "step", "--output-activation", "step", "--parameters",
                "1,-1,1,-1,-1.5,0.5,-1,-1,0.5", "--input", x, "--json"]).Json["values"]!["ŷ"]!));

    [Fact]
    public void A_run_is_explained_with_what_it_learned()
    {
        using var scratch = new Scratch();
        scratch.File("sample.csv", "0.25,-1.5\n");
        Command.Run(
            ["train", "--data", "xor", "--hidden", "3", "--epochs", "3", "--quiet", "--out", "run"], scratch.Path);
        string predicted = Command.Run(
            ["predict", "run", "--data", "sample.csv", "--outputs", "logits"], scratch.Path).Output.Split('\n')[1];
        double[] outputs =
            [.. predicted.Split(',').Skip(2).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        var values = Command.Run(
            ["explain", "run", "--input", "0.25,-1.5", "--target", "1", "--json"], scratch.Path).Json["values"]!;
        Assert.Equal((outputs[0], outputs[1]), ((double)values["ŷ_1"]!, (double)values["ŷ_2"]!));

        // A sample of its data, and its model's file alone; an experiment before training.
        Assert.Contains(
            "L = ln(exp(ŷ_1) + exp(ŷ_2)) - ŷ_",
            Command.Run(["explain", "run", "--sample", "7", "--language", "es"], scratch.Path).Output,
            StringComparison.Ordinal);
        Assert.Equal(0, Command.Run(["explain", "run/model.safetensors", "--input", "1,1"], scratch.Path).Status);
        scratch.File(
            "spec.json", """{"data": "sine", "hidden": [{"kind": "dense", "units": 4, "activation": "tanh"}]}""");
        Assert.Contains(
            "δ{2}_4 = w{2}_4,1 · δ{3} · (1 - tanh(z{2}_4)^2)",
            Command.Run(["explain", "spec.json", "--format", "text"], scratch.Path).Output, StringComparison.Ordinal);
    }

    public static TheoryData<string> Documents =>
    [
        "--one-neuron --language es", "--one-neuron --activation gelu --output-activation softplus --no-bias",
        "--net 3-5-4-3 --input 1,-0.5,2 --target 1,0,-1", "--net 2-7-1 --input 1,2 --target 0.5 --language es",
        "--net 2-2-1 --activation step --output-activation step --input 1,0 --forward",
        "--net 12-24-3 --activation mish --loss softmax_cross_entropy --input 1,2,3,4,5,6,7,8,9,1e-9,-1e12,0 --target "
            + "2 --digits 17",
        "--net 2-3-2 --output-activation softmax --loss huber --activation leaky_relu --input 1,-2 --target 1e-7,0",
        "--net 1-1-1 --activation identity --parameters 1e300,0,1e300,-1 --input 1 --target 0",
        "--net 1-13-13-1 --activation elu --loss log_cosh --input 0.1 --target 3",
        "--net 2-3-2-1 --activation identity --input 1,-2 --target 0.5 --rate 0.1",
        "--net 2-2-1 --table 0,0=0;0,1=1;1,0=1;1,1=0",
        "--net 2-2-1 --activation step --output-activation step --input 1,0 --forward --language es",
    ];

    [Theory, MemberData(nameof(Documents))]
    public void LaTeX_compiles(string arguments)
    {
        Assert.SkipUnless(Pdflatex("--version", ".") == 0, "pdflatex is not installed");
        using var scratch = new Scratch();
        scratch.File("explained.tex", Command.Run(["explain", .. arguments.Split(' '), "--format", "latex"]).Output);
        Assert.Equal(0, Pdflatex("-interaction=nonstopmode -halt-on-error explained.tex", scratch.Path));
        Assert.True(new FileInfo(scratch.At("explained.pdf")).Length > 0);
        Assert.DoesNotContain(
            "undefined", File.ReadAllText(scratch.At("explained.log")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Markdown_has_its_formulas_between_dollar_signs()
    {
        string markdown = Command.Run(["explain", "--net", "2-2-1", "--input", "0,1", "--target", "1", "--format",
            "markdown", "--language", "es"]).Output;
        Assert.StartsWith("# Red densa 2-2-1\n", markdown, StringComparison.Ordinal);
        Assert.Contains("\n## Propagación hacia atrás\n", markdown, StringComparison.Ordinal);
        Assert.Contains(
            "$$\n\\begin{aligned}\n\\mathbf{z}^{\\{2\\}} &= {\\mathbf{W}^{\\{1\\}}}^\\top \\cdot \\mathbf{x} + "
                + "\\mathbf{b}^{\\{1\\}}",
            markdown, StringComparison.Ordinal);
    }

    private static int Pdflatex(string arguments, string directory)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pdflatex", arguments)
            {
                WorkingDirectory = directory,
                RedirectStandardOutput = true
            })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
