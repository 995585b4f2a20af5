using Functional;
using Xunit;

namespace Acceptance;

/// <summary>A library of a user's own activations and losses (this one) is known to every verb by
/// <c>--functions</c>.</summary>
public sealed class OwnFunctionsAcceptance
{
    private static readonly string Library = typeof(OwnFunctionsAcceptance).Assembly.Location;

    /// <summary>z + z^3 / 3</summary>
    public readonly struct Cubic : IActivationFunction
    {
        public static string Name => "cubic";
        public static T At<T>(T z) where T : IReal<T> => z + z * z * z / T.Of(3);
    }

    /// <summary>The sum of fourth powers of errors.</summary>
    public readonly struct FourthPower : ILossFunction
    {
        public static string Name => "fourth_power";
        public static bool TakesClassNumbers => false;

        public static T At<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets) where T : IReal<T>
        {
            T sum = T.Zero;
            for (int k = 0; k < outputs.Length; k++) sum += T.Pow(outputs[k] - targets[k], T.Of(4));
            return sum;
        }
    }

    /// <summary>Steps of one length.</summary>
    public sealed record SignSteps(double Rate = 0.01) : Optimizer
    {
        protected override void Update<T>(Stretch<T> at)
        {
            double rate = at.Rate(Rate);
            at.Direction.Map(g => rate * T.Sign(g));
        }
    }

    /// <summary>z / (1 + e^(-beta z))</summary>
    public sealed record SmoothStep(double Beta = 2) : ActivationFunction<SmoothStep>
    {
        public override T Value<T>(T z) => z / (1 + T.Exp(-Beta * z));
    }

    /// <summary>Each number squared beside itself.</summary>
    public sealed record WithSquares : LayerFunction
    {
        public override int OutputsOf(int inputs) => 2 * inputs;

        public override void Forward<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y)
        {
            for (int i = 0; i < x.Length; i++) (y[2 * i], y[2 * i + 1]) = (x[i], x[i] * x[i]);
        }
    }

    private static readonly string[] Sine = ["--data", "sine", "--samples", "60", "--hidden", "4", "--activation",
        "cubic", "--loss", "fourth_power", "--functions", Library];

    [Fact]
    public void Its_gradients_are_checked() =>
        Assert.InRange((double)Command.Run(["gradcheck", .. Sine, "--json"]).Json["largest_relative_error"]!, 0, 1e-7);

    [Fact]
    public void It_explains_itself() => Assert.All(
        (string[])["a{2}_1 = φ(z{2}_1)\n         = z{2}_1 + 0.333333 · z{2}_1^3\n", "L = (ŷ - y)^4",
            "∂L/∂ŷ = 4 · (ŷ - y)^3", "δ{2}_1 = w{2}_1,1 · δ{3} · (z{2}_1^2 + 1)"],
        piece => Assert.Contains(piece, Command.Run([
            "explain", "--net", "1-1-1", "--input", "2", "--target", "1", "--activation", "cubic", "--loss",
            "fourth_power", "--functions", Library]).Output, StringComparison.Ordinal));

    [Fact]
    public void A_run_is_trained_and_read_with_it_and_refused_without()
    {
        using var scratch = new Scratch();
        Assert.Equal(
            0, Command.Run(["train", .. Sine, "--epochs", "2", "--quiet", "--out", "run"], scratch.Path).Status);
        Assert.Contains(
            "R2", Command.Run(["evaluate", "run", "--functions", Library], scratch.Path).Output,
            StringComparison.Ordinal);
        BadInput.Refused(scratch, ["evaluate", "run"], "\"cubic\"; it should be a known activation");
    }

    [Fact]
    public void Its_records_are_parts_by_the_names_of_their_types()
    {
        using var scratch = new Scratch();
        string[] parts = ["--data", "moons", "--hidden", "8,with_squares", "--activation", "smooth_step", "--optimizer",
            "sign_steps", "--rate", "0.02", "--functions", Library];
        Assert.InRange((double)Command.Run(["gradcheck", .. parts, "--json"]).Json["largest_relative_error"]!, 0, 1e-6);
        var run = Command.Run(["train", .. parts, "--epochs", "5", "--json", "--quiet", "--out", "run"], scratch.Path);
        Assert.Equal((0, ""), (run.Status, run.Errors));
        Assert.Equal("sign_steps", $"{run.Json["experiment"]!["optimizer"]!["kind"]}");
        Assert.Equal(
            run.Json["test"]!["accuracy"]!.ToJsonString(),
            Command.Run(["evaluate", "run", "--functions", Library, "--json"], scratch.Path).Json["test"]!["accuracy"]!
                .ToJsonString());
        BadInput.Refused(scratch, ["evaluate", "run"], "it should be a known");
    }

    [Fact]
    public void A_library_that_is_none_is_refused()
    {
        using var scratch = new Scratch();
        string text = scratch.File("text.dll", "not a library");
        BadInput.Refused(
            scratch, ["gradcheck", "--functions", text], $"{text} cannot be loaded; it should be a .NET library");
        BadInput.Refused(scratch, ["gradcheck", "--functions", "missing.dll"], "missing.dll cannot be loaded");
        string core = Path.Combine(AppContext.BaseDirectory, "Functional.Core.dll");
        BadInput.Refused(
            scratch, ["gradcheck", "--functions", core], $"{core} has 0 functions; it should have structs");
    }

    [Fact]
    public void A_run_depends_on_the_code_of_its_library_and_not_on_names_alone()
    {
        using var scratch = new Scratch();
        File.Copy(Library, scratch.At("own.dll"));
        string[] own = ["--functions", "own.dll"];
        string[] train =
            ["train", "--data", "sine", "--samples", "60", "--hidden", "4", "--activation", "cubic", "--epochs", "3", "--quiet"];
        Assert.Equal("", Command.Run([.. train, .. own], scratch.Path).Errors);
        Assert.Contains(
            "this experiment was run before", Command.Run([.. train, .. own], scratch.Path).Errors, StringComparison.Ordinal);
        File.AppendAllText(scratch.At("own.dll"), " "); // another library, for all that its name says
        Assert.Equal("", Command.Run([.. train, .. own], scratch.Path).Errors);
        string run = Directory.GetDirectories(scratch.At("runs")).Order(StringComparer.Ordinal).First();
        BadInput.Refused(scratch, ["resume", run, "--epochs", "5", .. own], "was trained with --functions of SHA-256 ");
    }
}
