using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Randomness;

namespace Functional;

/// <summary>Points of a plane in a few classes, each at its place along a shape plus normal noise.</summary>
/// <param name="Samples">How many points, 2 to a million; spread evenly over the classes.</param>
/// <param name="Noise">Standard deviation of the noise in both directions, 0 to a million; units of the plane.</param>
public abstract record Planar(int Samples, double Noise) : Toy
{
    private const double TwoPi = 6.283185307179586;

    private protected abstract int Classes { get; }

    /// <inheritdoc/>
    public override Problem? Problem => new Problem.Classification(Classes);

    /// <inheritdoc/>
    public override int? InputCount => 2;

    /// <inheritdoc/>
    public override Dataset<double> Make(Key key)
    {
        var noise = Draw.Normal<double>(key.At(0), 2 * Samples, 0, Noise);
        var places = Draw.Uniform<double>(key.At(1), Samples);
        var (inputs, targets) = (new double[2 * Samples], new double[Samples]);
        for (int i = 0; i < Samples; i++)
        {
            int label = i % Classes;
            var (x, y) = Point(label, i / Classes, places[i]);
            (inputs[2 * i], inputs[2 * i + 1], targets[i]) = (x + noise[2 * i], y + noise[2 * i + 1], label);
        }
        return Dataset<double>.Of(
            Problem!, new(Samples, 2, Vec<double>.Freeze(inputs)), new(Samples, 1, Vec<double>.Freeze(targets)));
    }

    /// <summary>Where point <paramref name="index"/> of a class lies, at <paramref name="place"/> from 0 to 1
    /// along its shape.</summary>
    private protected abstract (double X, double Y) Point(int label, int index, double place);

    private protected static (double X, double Y) OnCircle(double turns) =>
        (Elementary.Of<Cos>(TwoPi * turns), Elementary.Of<Sin>(TwoPi * turns));

    private protected int EachSamples(Fields fields) =>
        fields.Whole("samples", Samples, Interval.Between(2, 1_000_000));
    private protected double EachNoise(Fields fields) => fields.Real("noise", Noise, Interval.Between(0, 1e6));
}

/// <summary>The lecture's exclusive or: the corners of the unit square, class 1 where exactly one
/// coordinate is 1.</summary>
public sealed record Xor(int Samples = 400, double Noise = 0.1) : Planar(Samples, Noise)
{
    /// <inheritdoc/>
    public override string Description => "exclusive or: the corners of a square, opposite ones alike";
    private protected override int Classes => 2;
    private protected override (double, double) Point(int label, int index, double place) =>
        (index % 2, label == 0 ? index % 2 : 1 - index % 2);

    /// <inheritdoc/>
    protected internal override DataSource Each(Fields fields) => new Xor(EachSamples(fields), EachNoise(fields));
}

/// <summary>Two half circles that reach into each other.</summary>
public sealed record Moons(int Samples = 1000, double Noise = 0.1) : Planar(Samples, Noise)
{
    /// <inheritdoc/>
    public override string Description => "two half moons that reach into each other";
    private protected override int Classes => 2;
    private protected override (double, double) Point(int label, int index, double place)
    {
        var (x, y) = OnCircle(place / 2);
        return label == 0 ? (x, y) : (1 - x, 0.5 - y);
    }

    /// <inheritdoc/>
    protected internal override DataSource Each(Fields fields) => new Moons(EachSamples(fields), EachNoise(fields));
}

/// <summary>A circle of radius 1 around one of radius 1/2.</summary>
public sealed record Circles(int Samples = 1000, double Noise = 0.05) : Planar(Samples, Noise)
{
    /// <inheritdoc/>
    public override string Description => "a circle around a smaller one";
    private protected override int Classes => 2;
    private protected override (double, double) Point(int label, int index, double place)
    {
        var (x, y) = OnCircle(place);
        return label == 0 ? (x, y) : (x / 2, y / 2);
    }

    /// <inheritdoc/>
    protected internal override DataSource Each(Fields fields) => new Circles(EachSamples(fields), EachNoise(fields));
}

/// <summary>Arms that wind around each other, from radius 0.1 to 1.1.</summary>
/// <param name="Samples">How many points.</param>
/// <param name="Noise">Standard deviation of the noise.</param>
/// <param name="Arms">How many spirals, one a class; 2 to 100.</param>
/// <param name="Turns">How often each winds around, above 0 and at most 10.</param>
public sealed record Spirals(int Samples = 1000, double Noise = 0.02, int Arms = 2, double Turns = 1)
    : Planar(Samples, Noise)
{
    /// <inheritdoc/>
    public override string Description => "spirals that wind around each other";
    private protected override int Classes => Arms;
    private protected override (double, double) Point(int label, int index, double place)
    {
        var (x, y) = OnCircle(Turns * place + (double)label / Arms);
        double radius = 0.1 + place;
        return (radius * x, radius * y);
    }

    /// <inheritdoc/>
    protected internal override DataSource Each(Fields fields) => new Spirals(
        EachSamples(fields), EachNoise(fields),
        fields.Whole("arms", Arms, Interval.Between(2, 100)),
        fields.Real("turns", Turns, new Interval(0, 10, LowOpen: true)));
}

/// <summary>Gaussian clouds on a circle of radius 2.</summary>
/// <param name="Samples">How many points.</param>
/// <param name="Noise">Standard deviation of each cloud.</param>
/// <param name="Centers">How many clouds, one a class; 2 to 1000.</param>
public sealed record Blobs(int Samples = 1000, double Noise = 0.4, int Centers = 3) : Planar(Samples, Noise)
{
    /// <inheritdoc/>
    public override string Description => "Gaussian clouds";
    private protected override int Classes => Centers;
    private protected override (double, double) Point(int label, int index, double place)
    {
        var (x, y) = OnCircle((double)label / Centers);
        return (2 * x, 2 * y);
    }

    /// <inheritdoc/>
    protected internal override DataSource Each(Fields fields) => new Blobs(
        EachSamples(fields), EachNoise(fields), fields.Whole("centers", Centers, Interval.Between(2, 1000)));
}
