using System.Diagnostics.CodeAnalysis;
using Functional.Core.Forms;

namespace Functional;

/// <summary>Parts of a program's own: named, they can be written in experiments, models and options as
/// the library's are.</summary>
public static class Registry
{
    private const DynamicallyAccessedMemberTypes Kept =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>Names a part; to be said once before experiments or models that name it are read, and saying it
    /// again changes nothing. Its fields are the parameters of its constructor, each with a default.</summary>
    /// <typeparam name="A">A record that is an <see cref="ActivationFunction{TSelf}"/>, a
    /// <see cref="LayerFunction"/>, an <see cref="Optimizer"/>, a <see cref="Schedule"/>, a <see cref="Stopping"/>
    /// or a <see cref="Toy"/>.</typeparam>
    /// <param name="name">Lower-case letters, digits and underscores, a letter first.</param>
    /// <exception cref="ArgumentException">The name is taken or cannot be one, or a field has no default.</exception>
    /// <exception cref="NotSupportedException">It holds something that its fields do not say: it could not
    /// be written down.</exception>
    public static void Add<[DynamicallyAccessedMembers(Kept)] A>(string name) where A : class =>
        Add(name, OwnFields.Default<A>());

    /// <summary>The part of a type with its default fields.</summary>
    internal static A Default<[DynamicallyAccessedMembers(Kept)] A>() where A : class => OwnFields.Default<A>();

    private static void Add(string name, object part)
    {
        switch (part)
        {
            case Activation phi: Add(name, phi, Activation.Kinds); break;
            case Layer layer: Add(name, layer, Layer.Kinds); break;
            case Optimizer optimizer: Add(name, optimizer, Optimizer.Kinds); break;
            case Schedule schedule: Add(name, schedule, Schedule.Kinds); break;
            case Stopping stopping: Add(name, stopping, Stopping.Kinds); break;
            case DataSource source: Add(name, source, DataSource.Kinds); break;
            default:
                throw new ArgumentException(
                    $"{part.GetType().Name} is no part that can have a name; it should be an activation, layer, "
                        + $"optimizer, schedule, way to stop or data source");
        }
    }

    // A part that cannot be written down is refused here, and not after a training.
    private static void Add<A>(string name, A part, Kinds<A> kinds) where A : Form<A>
    {
        Written.Of(part);
        kinds.Add(name, part);
    }
}
