namespace Functional;

/// <summary>What becomes of a learning rate as training goes on, as a function of the step. One story a
/// file in Schedules.</summary>
public abstract record Schedule : Form<Schedule>
{
    /// <summary>Every schedule, by the name it is written under.</summary>
    public static Kinds<Schedule> Kinds { get; } = new(
        "schedule",
        ("constant_rate", new ConstantRate()), ("step_decay", new StepDecay()), ("multistep", new Multistep()),
        ("exponential_decay", new ExponentialDecay()),
        ("polynomial", new Polynomial()), ("linear_warmup", new LinearWarmup()),
        ("cosine_annealing", new CosineAnnealing()),
        ("cosine_warm_restarts", new CosineWarmRestarts()), ("one_cycle", new OneCycle()), ("cyclic", new Cyclic()),
        ("reduce_on_plateau", new ReduceOnPlateau()));

    /// <summary>The learning rate of a step.</summary>
    /// <param name="rate">The rate that the optimizer was given, above 0.</param>
    /// <param name="step">The step, from 0.</param>
    public abstract double At(double rate, long step);

    /// <summary>The schedule of which each step lasts so many steps of training: those of an epoch.</summary>
    public Schedule By(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        return steps == 1 ? this : new Stretched(this, steps);
    }

    /// <summary>The schedule for a training of so many steps, which those of its lengths become that
    /// were left open (0).</summary>
    internal virtual Schedule For(int steps) => this;

    /// <summary>The number that it waits for, if any.</summary>
    internal virtual string? Watched => null;

    /// <summary>The schedule after it has seen how training went; only one that waits for a plateau cares.</summary>
    internal virtual Schedule After(Items<double> history) => this;

    private protected const double Pi = 3.141592653589793;

    private sealed record Stretched(Schedule Inner, long Steps) : Schedule
    {
        public override double At(double rate, long step) => Inner.At(rate, step / Steps);

        /// <inheritdoc/>
        protected internal override Schedule Each(Fields fields) => this; // made by By, never written down
    }
}
