using CsCheck;
using Functional;
using Xunit;

namespace Properties.Optimizers;

/// <summary>Schedules as curves: where they begin and turn, between which rates they stay, how steep they are at most
/// (so that nothing jumps where two pieces meet), and after how many steps they repeat.</summary>
public sealed class ScheduleShapeProperties
{
    private const double Slack = 1e-12;

    /// <summary>What is known of a schedule's curve.</summary>
    /// <param name="Schedule">Whose.</param>
    /// <param name="Rate">The rate it is given.</param>
    /// <param name="Range">The least and the highest of its rates.</param>
    /// <param name="Steepest">The largest difference from one step to the next.</param>
    /// <param name="Period">After how many steps it repeats; 0 where it does not.</param>
    /// <param name="Marks">Rates at some steps, the first one among them.</param>
    private sealed record Shape(
        Schedule Schedule, double Rate, (double Low, double High) Range, double Steepest, int Period,
            params (int Step, double Rate)[] Marks)
    {
        public double At(int step) => Schedule.At(Rate, step);
    }

    private static readonly Gen<Shape> Shapes = Gen.Select(
        Gen.Double[0.01, 2], Gen.Double[0, 0.9], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Double[0.1, 1], Gen.Double[1, 3],
            Gen.Bool, Gen.Bool)
        .SelectMany((rate, share, steps, others, factor, power, isLinear, hasThree) => Gen.OneOf<Shape>(
        [
            new(new ConstantRate(), rate, (rate, rate), 0, 1, (0, rate)),
            new(new Polynomial(steps, power), rate, (0, rate), power * rate / steps, 0, (0, rate), (steps, 0),
                (steps + 9, 0)),
            new(new ExponentialDecay(factor), rate, (0, rate), rate * (1 - factor), 0, (0, rate),
                (2, rate * factor * factor)),
            new(new LinearWarmup(factor, power, steps), rate, (factor * rate, power * rate),
                (power - factor) * rate / steps, 0,
                (0, factor * rate), (steps, power * rate), (steps + 9, power * rate)),
            new(new CosineAnnealing(steps, share * rate), rate, (share * rate, rate),
                (1 - share) * rate * Math.PI / 2 / steps,
                2 * steps, (0, rate), (steps, share * rate)),
            new(new Cyclic(share * rate, steps, others), rate, (share * rate, rate),
                (1 - share) * rate / Math.Min(steps, others),
                steps + others, (0, share * rate), (steps, rate)),
            new(new Cyclic(share * rate, steps), rate, (share * rate, rate), (1 - share) * rate / steps, 2 * steps,
                (0, share * rate), (steps, rate)),
            new(new Cyclic(share * rate, steps, others, "halving"), rate, (share * rate, rate),
                (1 - share) * rate / Math.Min(steps, others), 0,
                (0, share * rate), (steps, rate), (2 * steps + others, rate * (1 + share) / 2)),
            new(new Cyclic(share * rate, steps, others, "shrinking", factor), rate, (share * rate, rate),
                (1 - share) * rate * (1.0 / Math.Min(steps, others) + 1 - factor), 0,
                (0, share * rate), (steps, rate * (share + (1 - share) * Math.Pow(factor, steps)))),
            Cycle(rate, 10 * (steps + 1), (int)((2 + 2 * share) * (steps + 1)), 25 * factor + 1, 1e3 * power, isLinear,
                hasThree),
        ]));

    // So many of its steps rise; no phase is shorter than the least of these lengths.
    private static Shape Cycle(double rate, int steps, int rising, double first, double last, bool isLinear,
        bool hasThree)
    {
        int top = rising - 1, shortest = Math.Min(top, hasThree ? steps - 1 - 2 * top : steps - 1 - top);
        return new(
            new OneCycle(steps, (double)rising / steps, first, last, isLinear, hasThree), rate,
                (rate / first / last, rate),
            rate * (isLinear ? 1 : Math.PI / 2) / shortest, 0,
            (0, rate / first), (top, rate), (hasThree ? 2 * top : top, hasThree ? rate / first : rate),
            (steps - 1, rate / first / last), (steps + 9, rate / first / last));
    }

    [Fact]
    public void A_rate_stays_between_the_least_and_the_highest() => Shapes.Sample(shape => Steps.All(step =>
        shape.At(step) >= shape.Range.Low - Slack && shape.At(step) <= shape.Range.High + Slack));

    [Fact]
    public void No_rate_jumps_where_two_pieces_meet() => Shapes.Sample(shape => Steps.All(step =>
        Math.Abs(shape.At(step + 1) - shape.At(step)) <= shape.Steepest + Slack));

    [Fact]
    public void A_period_later_the_rate_is_the_same() =>
        Shapes.Where(shape => shape.Period > 0).Sample(shape => Steps.All(step =>
        Math.Abs(shape.At(step + shape.Period) - shape.At(step)) <= Slack
        && Math.Abs(shape.At(step + 1_000_000 * shape.Period) - shape.At(step)) <= 1e-8));

    [Fact]
    public void Rates_begin_and_turn_where_they_should() => Shapes.Sample(shape => shape.Marks.All(mark =>
        Math.Abs(shape.At(mark.Step) - mark.Rate) <= Slack));

    [Fact]
    public void A_restart_begins_at_the_full_rate_and_ends_a_step_above_the_least() =>
        Gen.Select(Gen.Int[2, 12], Gen.Int[1, 4], Gen.Double[0, 0.9], Gen.Int[0, 4])
            .Sample((period, factor, min, restarts) =>
        {
            int begin = 0, length = period;
            for (int i = 0; i < restarts; i++, length *= factor) begin += length;
            var schedule = new CosineWarmRestarts(period, factor, min);
            double[] rates = [.. Enumerable.Range(begin, length).Select(step => schedule.At(1, step))];
            return rates[0] == 1 && schedule.At(1, begin + length) == 1
                && rates.Zip(rates.Skip(1), (one, next) =>
                    one - next is var fall && fall > 0 && fall <= (1 - min) * Math.PI / 2 / length)
                        .All(isRight => isRight)
                && rates[^1] > min && rates[^1] <= min + (1 - min) * Math.Pow(Math.PI / length, 2) / 4 + Slack;
        });

    [Fact]
    public void Steps_down_are_where_they_are_said_to_be_and_nowhere_else() =>
        Gen.Select(Gen.Int[1, 20], Gen.Double[0.1, 0.9], Gen.Int[0, 60].Array[0, 4])
            .Sample((every, factor, milestones) =>
            Steps.Skip(1).All(step =>
                Falls(new StepDecay(every, factor), step, factor, step % every == 0 ? 1 : 0)
                && Falls(new Multistep([.. milestones], factor), step, factor,
                    milestones.Count(milestone => milestone == step))));

    [Fact]
    public void A_schedule_by_epochs_is_its_rate_at_every_step_of_them() =>
        Gen.Select(Shapes, Gen.Int[1, 7]).Sample((shape, steps) =>
        Steps.All(step => shape.Schedule.By(steps).At(shape.Rate, step) == shape.At(step / steps)));

    private static IEnumerable<int> Steps => Enumerable.Range(0, 200);

    private static bool Falls(Schedule schedule, int step, double factor, int times) =>
        Math.Abs(schedule.At(1, step) - schedule.At(1, step - 1) * Math.Pow(factor, times)) <= 1e-14 * schedule.At(1,
            step - 1);
}
