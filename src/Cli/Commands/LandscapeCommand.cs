using System.CommandLine;
using Functional.Cli.Reports;
using Functional.Core.Forms;
using Functional.Core.Landscapes;
using Functional.Figures;
using Functional.Landscapes;
using Functional.Runs;

namespace Functional.Cli.Commands;

/// <summary><c>functional landscape</c>: the loss around a run's model, over a plane or along a line.</summary>
internal static class LandscapeCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = Terminal.Said($"a run's directory") };

    private static readonly Option<string[]> OnPlane = new("--plane")
    {
        HelpName = "random|path|eigen|through RUN2 RUN3",
        Arity = new ArgumentArity(1, 3),
        AllowMultipleArgumentsPerToken = true,
        Description = Terminal.Said($"the plane: two random directions, the principal axes of the training's path, the "
            + $"eigenvectors of the largest and the smallest eigenvalue, or through two more runs (random)"),
    };
    private static readonly Option<string?> LineTo = new("--line")
    {
        HelpName = "RUN2",
        Description = Terminal.Said($"instead of a plane: the line from the run's model to another's"),
    };
    private static readonly Option<string?> Curve = new("--curve")
    {
        HelpName = string.Join("|", Choices<CurveKind>.Names),
        Description = Terminal.Said($"with --line: another way beside the line: bent by sine and cosine, or trained "
            + $"to a low loss"),
    };
    private static readonly Option<bool> Match = new("--match")
    {
        Description = Terminal.Said($"with --line: also after the other's units are put into the order most like the "
            + $"model's"),
    };
    private static readonly Option<string?> Points = new("--grid")
    {
        HelpName = "N",
        Description = Terminal.Said($"points along each axis, 2 to 1001 (51), or along a line (101)"),
    };
    private static readonly Option<string?> Range = new("--range")
    {
        HelpName = "-1,1",
        Description = Terminal.Said($"from where to where on both axes (-1,1, or around what is shown), or along a "
            + $"line (0,1)"),
    };
    private static readonly Option<string?> Lengths = new("--normalization")
    {
        HelpName = string.Join("|", Choices<Normalization>.Names),
        Description = Terminal.Said($"of random directions: as long as the network's weights into each unit, or of "
            + $"each layer, or as drawn (filter)"),
    };
    private static readonly Option<bool> Biases = new("--biases")
    {
        Description = Terminal.Said($"random directions move biases and norms, too"),
    };
    private static readonly Option<string[]> Out = new("--out")
    {
        HelpName = "FILE",
        Description = Terminal.Said($"the surface as a file: .csv, .json, .npy or .vtp (ParaView); may be given again"),
    };

    public static void Fill(Command command)
    {
        command.With(
            Run, OnPlane, LineTo, Curve, Match, Points, Range, Lengths, Biases, LandscapeOptions.OfPart,
            LandscapeOptions.Seed, Out, FigureFiles.Where, FigureFiles.Theme, Shared.Threads, Shared.Json,
                Shared.Quiet);
        command.SetAction(Look);
    }

    private static int Look(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        string[] plane = parsed.GetValue(OnPlane) ?? [];
        var kind = plane.Length == 0
            ? PlaneKind.Random
            : LandscapeOptions.Choice(OnPlane.Name, plane[0], PlaneKind.Random, faults);
        if (kind == PlaneKind.Through && plane.Length != 3)
            faults.Add(new($"--plane through has {Counted.Runs(plane.Length - 1)}; it should have 2: "
                + $"--plane through RUN2 RUN3"));
        if (kind != PlaneKind.Through && plane.Length > 1)
            faults.Add(new($"--plane {plane[0]} is followed by {Visible.Quoted(plane[1])}; RUN should stand before "
                + $"it"));
        bool isLine = parsed.GetValue(LineTo) is not null;
        int points = LandscapeOptions.Whole(Points, isLine ? 101 : 51, 2, 1001, parsed, faults);
        var range = LandscapeOptions.Range(Range, parsed, faults);
        var normalization = LandscapeOptions.Choice(Lengths, Normalization.Filter, parsed, faults);
        var curve = LandscapeOptions.Choice(Curve, CurveKind.Line, parsed, faults);
        var part = LandscapeOptions.Choice(LandscapeOptions.OfPart, DataPart.Train, parsed, faults);
        ulong? seed = LandscapeOptions.SeedOf(parsed, faults);
        string[] files = parsed.GetValue(Out) ?? [];
        FigureFiles.Check(parsed, faults);
        faults.AddRange(files.Select(SurfaceFile.Fault).OfType<Phrase>().Select(fault => new Invalid(fault)));
        faults.AddRange(LandscapeOptions.Idle(parsed, isLine ? IdleOnLine(parsed, curve) : IdleOnPlane(kind)));
        if (faults.Count > 0) throw new InvalidInputException(faults);

        var run = OpenedRun.Read(parsed.GetValue(Run)!);
        Terminal.Notes(run.Notes, parsed.GetValue(Shared.Quiet));
        run.RequireEnd();
        if (kind == PlaneKind.Eigen) LandscapeOptions.RequireDerivatives(run.Trainer.Experiment);
        if (isLine)
            return Line(run, parsed, new(
                Fitting(run, parsed.GetValue(LineTo)!, parsed), curve, parsed.GetValue(Match), points, range ?? (0, 1),
                part, seed, threads));
        if (kind == PlaneKind.Path && run.IsStartMissing)
            throw new InvalidInputException(
                $"{run.Directory} started from another model, which it does not hold; its path cannot be walked again");
        if (kind == PlaneKind.Path && run.IsCutShort)
            throw new InvalidInputException(
                $"{run.Directory} was interrupted; the path of a whole training can be walked");
        return Over(run, parsed, files, new(
            kind, [.. plane.Skip(1).Select(path => Fitting(run, path, parsed))], points, range, normalization,
            parsed.GetValue(Biases), part, seed, threads));
    }

    private static int Line(OpenedRun run, ParseResult parsed, LineOrder wanted) => Interrupt.OrNothing(interrupt =>
    {
        using var progress = new ShareLine(parsed.GetValue(Shared.Quiet));
        wanted = wanted with { Progress = progress.Of($"line"), CurveProgress = progress.Of($"training the curve") };
        var look = interrupt.Await(() => run.Trainer.Look(run.Model, wanted));
        progress.Dispose();
        FigureFiles.Save(parsed, [("line", new ProfileCurves(look.Profiles))]);
        Terminal.Show(new LineReport(run.Directory, wanted.Part, look), parsed);
        return Status.Done;
    });

    private static int Over(OpenedRun run, ParseResult parsed, string[] files, PlaneOrder wanted) =>
        Interrupt.OrNothing(interrupt =>
        {
            using var progress = new ShareLine(parsed.GetValue(Shared.Quiet));
            wanted = wanted with { Progress = progress.Of($"training") };
            var (look, surface) = interrupt.Await(() => Measured(run, wanted, progress.Of($"surface")));
            progress.Dispose();
            foreach (string file in files) surface.Save(file);
            Terminal.Notes(files.Select(file => (Phrase)$"the surface is in {file}"), parsed.GetValue(Shared.Quiet));
            FigureFiles.Save(parsed, Figures(look, surface));
            Terminal.Show(new LandscapeReport(run.Directory, wanted.Part, look, surface), parsed);
            return Status.Done;
        });

    private static (SurfaceLook Look, Surface Surface) Measured(
        OpenedRun run, PlaneOrder wanted, IProgress<double> progress)
    {
        var look = run.Trainer.Look(run.Model, wanted);
        var rows = new List<SurfaceRow>();
        foreach (var row in look.Rows)
        {
            rows.Add(row);
            progress.Report((double)rows.Count / look.Grid.Rows);
        }
        return (look, look.Join(rows));
    }

    private static IEnumerable<(string, Figure)> Figures(SurfaceLook look, Surface surface)
    {
        var note = Phrase.Join("; ", look.Notes.Where((_, i) => i < 2));
        yield return ("surface", new SurfaceMap(surface, look.Path, look.Marks) { Note = note });
        yield return ("relief", new SurfaceRelief(surface) { Note = note });
        if (surface.Accuracies is not null)
            yield return ("accuracy", new SurfaceMap(surface, look.Path, look.Marks)
            { ShowsAccuracy = true, Note = note });
        if (look.Path.Count > 0) yield return ("path", new PathLoss(look.Path) { Note = note });
    }

    // Another run's model, of the same network; samples are scaled as the first one's were.
    private static Model Fitting(OpenedRun run, string path, ParseResult parsed)
    {
        var model = RunDirectory.LoadOne(path);
        if (model.Architecture != run.Model.Architecture || model.Precision != run.Model.Precision)
            throw new InvalidInputException(
                $"the model in {path} is another network than that in {run.Directory}; it should have the same layers "
                    + $"and precision");
        if (model.Encoding.Scaling != run.Model.Encoding.Scaling
            || model.Encoding.TargetScaling != run.Model.Encoding.TargetScaling)
            Terminal.Notes(
                [$"samples are scaled as those of {run.Directory} were; {path} scales them in another way"],
                parsed.GetValue(Shared.Quiet));
        return model;
    }

    // Matching units and training a curve draw; a straight line and an arc do not.
    private static Option[] IdleOnLine(ParseResult parsed, CurveKind curve) =>
    [
        OnPlane, Lengths, Biases, Out,
        .. parsed.GetValue(Match) || curve == CurveKind.Bezier ? (Option[])[] : [LandscapeOptions.Seed],
    ];

    private static Option[] IdleOnPlane(PlaneKind kind) =>
    [
        Curve, Match, .. kind == PlaneKind.Random ? (Option[])[] : [Lengths, Biases],
        .. kind is PlaneKind.Random or PlaneKind.Eigen ? (Option[])[] : [LandscapeOptions.Seed],
    ];
}
