using System.Diagnostics.CodeAnalysis;
using Functional.Core.Forms;
using Functional.Core.Randomness;

namespace Functional;

/// <summary>A part breaks one of the laws that every part of a training obeys.</summary>
public sealed class BrokenLawException : Exception
{
    /// <summary>An exception of what is broken.</summary>
    public BrokenLawException(string message) : base(message) { }

    /// <summary>An exception without a reason.</summary>
    public BrokenLawException() : this("a law is broken") { }

    /// <summary>An exception with its cause.</summary>
    public BrokenLawException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>
/// The laws that every part obeys, the library's and a program's own, to be held in its tests:
/// <c>Laws.Hold&lt;Swish&gt;()</c>. A part is pure and equal to itself, is read back as it was written, gives the
/// same bits on any number of threads and in any split of a training, and its derivatives are those of differences.
/// </summary>
public static class Laws
{
    private const DynamicallyAccessedMemberTypes Kept =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>Holds them for a part with its default fields.</summary>
    /// <exception cref="BrokenLawException">One is broken; the message says which, and where it was seen.</exception>
    public static void Hold<[DynamicallyAccessedMembers(Kept)] A>() where A : class => Hold(Registry.Default<A>());

    /// <summary>Holds them for a part.</summary>
    /// <exception cref="BrokenLawException">One is broken; the message says which, and where it was seen.</exception>
    /// <exception cref="ArgumentException">It is none of the parts that have laws.</exception>
    public static void Hold(object part)
    {
        ArgumentNullException.ThrowIfNull(part);
        string name = part.GetType().Name;
        switch (part)
        {
            case Activation phi:
                IsWritten(name, phi);
                NetworkLaws.Hold(name, [new Dense(5, phi), new Dense(3)]);
                break;
            case Layer layer:
                IsWritten(name, layer);
                NetworkLaws.Hold(name, [new Dense(4, Activation.Tanh), layer, new Dense(3)]);
                break;
            case Optimizer optimizer:
                IsWritten(name, optimizer);
                NetworkLaws.HoldFor(name, optimizer);
                break;
            case Schedule schedule:
                IsWritten(name, schedule);
                Held(name, "give rates", () => OfSchedule(name, schedule.For(50)));
                break;
            case Stopping stopping:
                IsWritten(name, stopping);
                Held(name, "say when to stop", () => OfStopping(name, stopping));
                break;
            case Toy toy:
                IsWritten<DataSource>(name, toy);
                Held(name, "draw its samples", () => OfToy(name, toy));
                break;
            default:
                throw new ArgumentException(
                    $"{name} has no laws; an activation, layer, optimizer, schedule, way to stop or toy problem has");
        }
    }

    /// <summary>Says that a law is broken, unless it holds.</summary>
    internal static void Require(bool holds, string name, string law)
    {
        if (!holds) throw new BrokenLawException($"{name}: {law}");
    }

    /// <summary>What a part does that it has to do without an exception; one that it throws breaks a law.</summary>
    internal static B Held<B>(string name, string what, Func<B> does)
    {
        try
        {
            return does();
        }
        catch (Exception fault) when (fault is not BrokenLawException)
        {
            throw new BrokenLawException($"{name}: it cannot {what}: {fault.Message} ({fault.GetType().Name})", fault);
        }
    }

    // Its fields, written and read again, make an equal record.
    private static void IsWritten<A>(string name, A part) where A : Form<A>
    {
        var faults = Held(name, "show its fields", () => Check.Faults(part));
        Require(faults.Count == 0, name, $"its fields are out of their ranges: {string.Join(" | ", faults)}");
        using var written = JsonText.Parse(Held(name, "be written down", () => Written.Of(part)).ToJsonString());
        bool isOwn = part.GetType().Assembly != typeof(Fields).Assembly; // a reader begins with the part's defaults
        var prototype = isOwn ? Held(name, "be made", () => OwnFields.DefaultOf(part.GetType())) as A : part;
        var read = Reading.Of(written.RootElement, prototype ?? part, faults);
        Require(
            faults.Count == 0 && read.Equals(part), name,
            $"it is not read back as it was written, {written.RootElement}: {string.Join(" | ", faults)}");
    }

    /// <inheritdoc cref="Held{B}(string, string, Func{B})"/>
    internal static void Held(string name, string what, Action does) => Held(name, what, () =>
    {
        does();
        return true;
    });

    private static void OfSchedule(string name, Schedule schedule)
    {
        for (int step = 0; step <= 60; step++)
        {
            double rate = schedule.At(0.1, step);
            Require(
                double.IsFinite(rate) && rate >= 0, name,
                $"the rate of step {step} is {rate:R}; it should be finite and at least 0");
            Require(
                rate.Equals(schedule.At(0.1, step)), name,
                $"the rate of step {step} should be the same whenever it is asked for");
        }
    }

    private static void OfStopping(string name, Stopping stopping)
    {
        Require(stopping.Watched is null || Stopping.Metrics.Contains(stopping.Watched), name,
            $"it watches \"{stopping.Watched}\"; it should be one of {string.Join(", ", Stopping.Metrics)}");
        double[] numbers = [3, 2, 2.5, 1, 1, 1, 1.5, double.NaN, 0.5, 0];
        for (int count = 1; count <= numbers.Length; count++)
        {
            double[] seen = numbers[..count];
            Require(
                stopping.IsOver(seen) == stopping.IsOver(seen) && stopping.IsChosen(seen) == stopping.IsChosen(seen),
                name, $"after {count} numbers it should say the same whenever it is asked");
        }
    }

    private static void OfToy(string name, Toy toy)
    {
        Dataset<double> data = toy.Make(Key.FromSeed(1)), again = toy.Make(Key.FromSeed(1));
        Require(
            data.Inputs == again.Inputs && data.Targets == again.Targets, name,
            "a key should always draw the same samples");
        Require(toy.Make(Key.FromSeed(2)).Inputs != data.Inputs, name, "another key should draw other samples");
        Require(data.Problem == toy.Problem && data.Inputs.Columns == toy.InputCount, name,
            $"it draws {data.Problem} of {data.Inputs.Columns} inputs; it says {toy.Problem} of {toy.InputCount}");
        var faults = Attempt<Dataset<double>>.Of(
            Dataset<double>.Check(data.Problem, data.Inputs, data.Targets, data.Weights)).Faults;
        Require(faults.Count == 0, name, $"its samples have faults: {string.Join(" | ", faults)}");
    }
}
