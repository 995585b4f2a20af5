using System.Diagnostics.CodeAnalysis;
using Functional.Core.Forms;

namespace Functional;

/// <summary>Parts of a program's own: named, they can be written in experiments, models and options as the library's are.</summary>
public static class Registry
{
    private const DynamicallyAccessedMemberTypes Kept = DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>Names a part; to be said once before experiments or models that name it are read, and saying it again changes
    /// nothing. Its fields are the parameters of its constructor, each with a default.</summary>
    /// <typeparam name="A">A record that is an <see cref="ActivationFunction{TSelf}"/>, a <see cref="LayerFunction"/>, an
    /// <see cref="Optimizer"/>, a <see cref="Schedule"/>, a <see cref="Stopping"/> or a <see cref="Toy"/>.</typeparam>
    /// <param name="name">Lower-case letters, digits and underscores, a letter first.</param>
    /// <exception cref="ArgumentException">The name is taken or cannot be one, or a field has no default.</exception>
    public static void Add<[DynamicallyAccessedMembers(Kept)] A>(string name) where A : class => Add(name, OwnFields.Default<A>());

    /// <summary>The part of a type with its default fields.</summary>
    internal static A Default<[DynamicallyAccessedMembers(Kept)] A>() where A : class => OwnFields.Default<A>();

    private static void Add(string name, object part)
    {
        switch (part)
        {
            case Activation phi: Activation.Kinds.Add(name, phi); break;
            case Layer layer: Layer.Kinds.Add(name, layer); break;
            case Optimizer optimizer: Optimizer.Kinds.Add(name, optimizer); break;
            case Schedule schedule: Schedule.Kinds.Add(name, schedule); break;
            case Stopping stopping: Stopping.Kinds.Add(name, stopping); break;
            case DataSource source: DataSource.Kinds.Add(name, source); break;
            default:
                throw new ArgumentException(
                    $"{part.GetType().Name} is no part that can have a name; it should be an activation, layer, optimizer, schedule, way to stop or data source");
        }
    }
}
