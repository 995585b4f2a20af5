using System.CommandLine;
using Functional.Cli.Reports;
using Functional.Core.Forms;
using Functional.Figures;
using Functional.Landscapes;
using Functional.Runs;

namespace Functional.Cli.Commands;

/// <summary><c>functional spectrum</c>: the curvature of the loss at a run's model.</summary>
internal static class SpectrumCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = Terminal.Said($"a run's directory") };
    private static readonly Option<string?> Matrix = new("--of")
    {
        HelpName = string.Join("|", Choices<CurvatureKind>.Names),
        Description = Terminal.Said($"which matrix of second derivatives (hessian)"),
    };
    private static readonly Option<string?> Top = new("--top")
    {
        HelpName = "K",
        Description = Terminal.Said($"how many of the largest eigenvalues, 1 to 100 (5)"),
    };
    private static readonly Option<string?> Bottom = new("--bottom")
    {
        HelpName = "K",
        Description = Terminal.Said($"how many of the smallest eigenvalues, 1 to 100 (3)"),
    };
    private static readonly Option<string?> Probes = new("--probes")
    {
        HelpName = "N",
        Description = Terminal.Said($"random vectors for the trace and the density, 2 to 1000 (20)"),
    };
    private static readonly Option<bool> Density = new("--density")
    {
        Description = Terminal.Said($"also how the eigenvalues are spread"),
    };
    private static readonly Option<bool> Layers = new("--layers")
    {
        Description = Terminal.Said($"also of each layer alone"),
    };
    private static readonly Option<bool> Sharpness = new("--sharpness")
    {
        Description = Terminal.Said($"also how much the loss rises within small boxes (Keskar) and balls (SAM) around "
            + $"the model"),
    };
    private static readonly Option<string?> Rows = new("--rows")
    {
        HelpName = "N",
        Description = Terminal.Said($"so many samples of the part, drawn at random (all)"),
    };

    public static void Fill(Command command)
    {
        command.With(
            Run, Matrix, Top, Bottom, Probes, Density, Layers, Sharpness, LandscapeOptions.OfPart, Rows,
                LandscapeOptions.Seed, FigureFiles.Where, FigureFiles.Theme,
            Shared.Threads, Shared.Json, Shared.Quiet);
        command.SetAction(Look);
    }

    private static int Look(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        var order = new SpectrumOrder(
            LandscapeOptions.Choice(Matrix, CurvatureKind.Hessian, parsed, faults),
            LandscapeOptions.Whole(Top, 5, 1, 100, parsed, faults),
            LandscapeOptions.Whole(Bottom, 3, 1, 100, parsed, faults),
            LandscapeOptions.Whole(Probes, 20, 2, 1000, parsed, faults),
            parsed.GetValue(Density), parsed.GetValue(Layers),
            LandscapeOptions.Choice(LandscapeOptions.OfPart, DataPart.Train, parsed, faults),
            LandscapeOptions.Whole(Rows, 0, 1, int.MaxValue, parsed, faults), LandscapeOptions.SeedOf(parsed, faults),
            threads)
        {
            WithSharpness = parsed.GetValue(Sharpness),
        };
        FigureFiles.Check(parsed, faults);
        if (faults.Count > 0) throw new InvalidInputException(faults);
        var run = OpenedRun.Read(parsed.GetValue(Run)!);
        Terminal.Notes(run.Notes, parsed.GetValue(Shared.Quiet));
        run.RequireEnd();
        int parameters = run.Model.Architecture.ParameterCount;
        faults.AddRange(LandscapeOptions.Idle(parsed,
            [.. order.TakesProbes(parameters) ? (Option[])[] : [Probes],
                .. order.Draws(parameters) ? (Option[])[] : [LandscapeOptions.Seed]]));
        if (faults.Count > 0) throw new InvalidInputException(faults);
        LandscapeOptions.RequireDerivatives(run.Trainer.Experiment);
        return Interrupt.OrNothing(interrupt =>
        {
            using var progress = new ShareLine(parsed.GetValue(Shared.Quiet));
            order = order with
            {
                Progress = progress.Of($"curvature"),
                SharpnessProgress = progress.Of($"sharpness"),
            };
            var look = interrupt.Await(() => run.Trainer.Look(run.Model, order));
            progress.Dispose();
            FigureFiles.Save(parsed, Figures(look, order.Kind));
            Terminal.Show(new SpectrumReport(run.Directory, order, look, run.Trainer.Experiment), parsed);
            return Status.Done;
        });
    }

    private static IEnumerable<(string, Figure)> Figures(SpectrumLook look, CurvatureKind kind)
    {
        if (look.Numbers is { Density: { } density } of)
            yield return ("spectrum", new SpectrumPlot(
                density, of.Whole, SpectrumPlot.Ends(of.Ends.Smallest.Value, of.Ends.Largest.Value)));
        else if (look.Numbers.Whole is { } whole) yield return ("spectrum", SpectrumPlot.From(whole));
        if (look.Layers.Count > 0)
            yield return ("layers", new TraceBars([.. look.Layers.Select(layer => layer.Numbers switch
            {
                { Trace: { } trace } => (Terminal.Said(layer.Name), trace.Value, trace.Low, trace.High),
                { Whole: { } every } => (Terminal.Said(layer.Name), every.Trace, every.Trace, every.Trace),
                _ => throw new InvalidOperationException("a layer without a trace"),
            })])
            {
                Quantity = kind switch
                {
                    CurvatureKind.GaussNewton => $"trace of the Gauss-Newton matrix",
                    CurvatureKind.Fisher => $"trace of the Fisher information",
                    _ => $"trace of the Hessian",
                },
            });
    }
}
