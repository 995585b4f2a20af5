using System.Text.Json;
using Functional;
using Xunit;

namespace Properties.Oracles;

/// <summary>Schedules: the learning rate of each of 60 steps, against PyTorch.</summary>
public sealed class ScheduleOracles(ITestOutputHelper output)
{
    [Fact]
    public void Schedules_agree() => Golden.Check("schedules.json", output, atLeast: 39,
        lacks: each => Counterpart(each) is null ? each.Text("schedule") : null, Compare);

    private static Comparison[] Compare(JsonElement each)
    {
        var (schedule, rate) = Counterpart(each)!.Value;
        double[] want = each.At("lr").Numbers(),
            metrics = each.TryGetProperty("metrics", out var reported) ? reported.Numbers() : [];
        double[] got = [.. want.Select((_, step) => schedule.After([.. metrics.Take(step)]).At(rate, step))];
        return [Comparison.Of(each.Text("name"), want, got, tolerance: 1e-12)];
    }

    /// <summary>The schedule, and the rate that it is given.</summary>
    private static (Schedule Schedule, double Rate)? Counterpart(JsonElement each)
    {
        var (its, rate) = (each.At("hyper_parameters"), each.Real("base_lr"));
        return each.Text("schedule") switch
        {
            "constant" => (new ConstantRate(), rate),
            "step" => (new StepDecay(its.Whole("step_size"), its.Real("gamma")), rate),
            "multistep" =>
                (new Multistep([.. its.At("milestones").Numbers().Select(step => (int)step)], its.Real("gamma")), rate),
            "exponential" => (new ExponentialDecay(its.Real("gamma")), rate),
            "cosine_annealing" => (new CosineAnnealing(its.Whole("T_max"), its.Real("eta_min")), rate),
            "cosine_warm_restarts" =>
                (new CosineWarmRestarts(its.Whole("T_0"), its.Whole("T_mult"), its.Real("eta_min")), rate),
            "linear_warmup" =>
                (new LinearWarmup(its.Real("start_factor"), its.Real("end_factor"), its.Whole("total_iters")), rate),
            "polynomial" => (new Polynomial(its.Whole("total_iters"), its.Real("power")), rate),
            "one_cycle" => (
                new OneCycle(
                    its.Whole("total_steps"), its.Real("pct_start"), its.Real("div_factor"),
                    its.Real("final_div_factor"), its.Text("anneal_strategy") == "linear", its.Flag("three_phase")),
                its.Real("max_lr")),
            "cyclic" => (
                new Cyclic(
                    its.Real("base_lr"), its.Whole("step_size_up"),
                    its.At("step_size_down").ValueKind == JsonValueKind.Null ? 0 : its.Whole("step_size_down"),
                    Scale(its.Text("mode")), its.Real("gamma")),
                its.Real("max_lr")),
            "reduce_on_plateau" => (
                new ReduceOnPlateau(
                    "train_loss", its.Text("mode"), its.Real("factor"), its.Whole("patience"), its.Real("threshold"),
                    its.Text("threshold_mode") == "abs", its.Whole("cooldown"), its.Real("min_lr"), its.Real("eps")),
                rate),
            _ => null,
        };
    }

    private static string Scale(string mode) =>
        mode switch { "triangular2" => "halving", "exp_range" => "shrinking", _ => "same" };
}
