using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Randomness;

namespace Functional.Core.Networks;

/// <summary>A point in parameter space: an architecture and the numbers it has learned, in one flat vector.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
public sealed record Network<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A network of given numbers.</summary>
    /// <exception cref="ArgumentException">There are too many or too few of them.</exception>
    public Network(Architecture architecture, Vec<T> parameters, Vec<T>? running = null)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(parameters);
        Stage = architecture.Stage<T>();
        Running = running ?? FirstRunning(Stage);
        if (parameters.Length != Stage.Parameters || Running.Length != Stage.Running)
            throw new ArgumentException($"a network of {Stage.Parameters} parameters and {Stage.Running} running "
                + $"values got {parameters.Length} and {Running.Length}");
        (Architecture, Parameters) = (architecture, parameters);
    }

    /// <summary>What it is.</summary>
    public Architecture Architecture { get; }

    /// <summary>What it has learned: layer by layer, W row by row ([input][output]), then b.</summary>
    public Vec<T> Parameters { get; }

    /// <summary>What layers such as batch norm keep beside the parameters; empty without them.</summary>
    public Vec<T> Running { get; }

    internal Stage<T> Stage { get; }

    /// <summary>A network with first weights drawn from a key. Layer i draws from <c>key.At(i)</c>.</summary>
    public static Network<T> Init(Architecture architecture, Initializer initializer, Key key)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(initializer);
        var stage = architecture.Stage<T>();
        var (parameters, running) = (new T[stage.Parameters], new T[stage.Running]);
        stage.Init(key, initializer, parameters, running);
        return new(architecture, Vec<T>.Freeze(parameters), Vec<T>.Freeze(running));
    }

    /// <summary>The same network at another point.</summary>
    public Network<T> With(Vec<T> parameters) => new(Architecture, parameters, Running);

    /// <summary>The same network in another precision, each number rounded once.</summary>
    public Network<TOther> To<TOther>() where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther>
    {
        return this is Network<TOther> same ? same : new(Architecture, Other(Parameters), Other(Running));
        static Vec<TOther> Other(Vec<T> numbers) => new Matrix<T>(1, numbers.Length, numbers).To<TOther>().Cells;
    }

    /// <summary>The network that ends before <paramref name="layer"/>, counted from 0: its output is
    /// that layer's input.</summary>
    public Network<T> Before(int layer)
    {
        var architecture = Architecture.Before(layer);
        var stage = architecture.Stage<T>();
        return new(
            architecture, Vec<T>.Of(Parameters.Span[..stage.Parameters]), Vec<T>.Of(Running.Span[..stage.Running]));
    }

    /// <summary>The network that starts at <paramref name="layer"/>: after <see cref="Before"/> it
    /// makes the whole.</summary>
    public Network<T> From(int layer)
    {
        var architecture = Architecture.From(layer);
        var stage = architecture.Stage<T>();
        return new(
            architecture, Vec<T>.Of(Parameters.Span[^stage.Parameters..]), Vec<T>.Of(Running.Span[^stage.Running..]));
    }

    /// <summary>Same architecture, same bits.</summary>
    public bool Equals(Network<T>? other) =>
        other is not null && Architecture == other.Architecture && Parameters == other.Parameters
        && Running == other.Running;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Architecture, Parameters, Running);

    private static Vec<T> FirstRunning(Stage<T> stage)
    {
        var (parameters, running) = (new T[stage.Parameters], new T[stage.Running]);
        if (running.Length > 0) stage.Init(default, new Initializer.Zeros(), parameters, running);
        return Vec<T>.Freeze(running);
    }
}
