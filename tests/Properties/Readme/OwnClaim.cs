using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Lecture;
using Functional.Lecture.Measuring;

namespace Properties.Readme;

/// <summary>The program of docs/claims.md.</summary>
internal static class OwnClaim
{
    public static List<string> Measured(string folder)
    {
        var Console = new Examples.Page();
        // begin: claim
        var claim = new Claim("momentum", Chapter.Beyond, $"Momentum takes fewer steps to a loss below 0.1.")
        {
            Sources = [new("Polyak", "Some methods of speeding up the convergence of iteration methods", 1964)],
            Method = $"2-8-2 nets on 200 moons, full batch, rate 0.1; steps without momentum over steps with 0.9.",
            Criteria = [new("saved", $"steps without over steps with it", Bound.AtLeast(2), $"chosen beforehand")],
            Falsehoods = [new("zero", $"a momentum of 0")],
            Seeds = 10,
            Measure = trials =>
            {
                double momentum = trials.Plants("zero") ? 0 : 0.9;
                var races = trials.Each("race", trials.Seeds, seed =>                 // a trial is a pure function
                    [Steps(trials.KeyOf(seed), 0), Steps(trials.KeyOf(seed), momentum)]);
                return new([Measurement.Mean("saved", [.. races.Select(race => race[0] / race[1])])]);
            },
        };

        var desk = new ClaimDesk(folder);                             // trials are kept here: what was stopped goes on
        var (result, _) = desk.Measure(claim, ClaimOrder.Usual(claim));
        var (planted, _) = desk.Measure(claim, ClaimOrder.Usual(claim) with { Falsehood = "zero" });
        Console.WriteLine($"{result.Standing}: {Measurement.Shown(result.Criteria[0].Measured, digits: 3)}");
        Console.WriteLine($"planted: {planted.Standing}, {Measurement.Shown(planted.Criteria[0].Measured)}");

        static double Steps(Key key, double momentum)
        {
            var learner = new Learner(new SoftmaxCrossEntropy(), new Sgd(0.1, momentum), key);
            var samples = new Moons(Samples: 200).Make(key.For(Purpose.Data)).For(learner.Loss);
            var start = learner.Begin(Network<double>.Init(
                Architecture.Of(2, new Dense(8, Activation.Tanh), new Dense(2)), new Initializer.GlorotUniform(),
                key.For(Purpose.Init)));
            var steps = Enumerable.Repeat(Batch<double>.All(samples), 20_000);
            return learner.Scan(start, steps, threads: 1).First(at => at.Loss < 0.1).State.Step;
        }
        // end: claim
        return Console.Lines;
    }
}
