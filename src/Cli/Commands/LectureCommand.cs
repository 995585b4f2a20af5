using System.CommandLine;
using Functional.Cli.Reports;
using Functional.Lecture;
using Functional.Lecture.Measuring;

namespace Functional.Cli.Commands;

/// <summary><c>functional lecture</c>: the claims with their last verdicts.</summary>
internal static class LectureCommand
{
    public static void Fill(Command command)
    {
        command.With(LectureOptions.Where, Shared.Json, Shared.Quiet);
        command.SetAction(List);
    }

    private static int List(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        var desk = new ClaimDesk(LectureOptions.Directory(parsed, faults));
        if (faults.Count > 0) throw new InvalidInputException(faults);
        Terminal.Show(new LectureReport([.. Claims.All.Select(claim => (claim, desk.Last(claim)))]), parsed);
        return Status.Done;
    }
}
