using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Functional.Cli;

/// <summary>Activations and losses that a user brings along in a compiled library, by <c>--functions</c>.</summary>
internal static class OwnFunctions
{
    public static readonly Option<string[]> Libraries = new("--functions")
    {
        HelpName = "FILE.dll",
        Recursive = true,
        Description = Terminal.Said($"a library of yours whose parts are known by their names: activations, losses, "
            + $"layers, optimizers, schedules, ways to stop, data sources; its code is run"),
    };

    /// <summary>Registers every function of every library.</summary>
    /// <exception cref="InvalidInputException">One cannot be loaded or has none, or a name is taken.</exception>
    public static void Register(string[] libraries)
    {
        if (libraries.Length == 0) return;
        if (!RuntimeFeature.IsDynamicCodeSupported)
            throw new InvalidInputException(
                $"functions are given; this build of the command is compiled ahead of time and can load none");
        foreach (string library in libraries) Register(library);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "not reached in a trimmed build")]
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "not reached in a trimmed build")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "not reached in a build ahead of time")]
    private static void Register(string library)
    {
        try
        {
            var found = Types(Assembly.LoadFrom(Path.GetFullPath(library)))
                .SelectMany(type => Registering(type)).ToArray();
            if (found.Length == 0) throw new InvalidInputException($"{library} has 0 functions; "
                + $"it should have structs that are an IActivationFunction or an ILossFunction, or public records that "
                + $"are an ActivationFunction, "
                + $"LayerFunction, Optimizer, Schedule, Stopping or Toy");
            foreach (var register in found) register();
            OwnLibraries.Add(File.ReadAllBytes(library));
        }
        catch (TargetInvocationException refused) when (refused.InnerException is ArgumentException taken)
        {
            throw new InvalidInputException($"{library}: {taken.Message}", taken);
        }
        catch (Exception fault) when (fault is IOException or BadImageFormatException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException(
                $"{library} cannot be loaded; it should be a .NET library: {fault.Message}", fault);
        }
    }

    // Types that need a library which is not there are none of ours.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "not reached in a trimmed build")]
    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException some)
        {
            return some.Types.OfType<Type>();
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "not reached in a trimmed build")]
    [UnconditionalSuppressMessage("Trimming", "IL2071", Justification = "not reached in a trimmed build")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "not reached in a trimmed build")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "not reached in a build ahead of time")]
    private static IEnumerable<Action> Registering(Type type)
    {
        if (type.ContainsGenericParameters) yield break;
        if (type.IsValueType && typeof(IActivationFunction).IsAssignableFrom(type))
            yield return Call(typeof(CustomActivations), nameof(CustomActivations.Register), type);
        if (type.IsValueType && typeof(ILossFunction).IsAssignableFrom(type))
            yield return Call(typeof(CustomLosses), nameof(CustomLosses.Register), type);
        if (type is { IsClass: true, IsAbstract: false, IsVisible: true } && !IsLibrarys(type)
            && Bases.Any(part => part.IsAssignableFrom(type)))
            yield return Call(
                typeof(Registry), nameof(Registry.Add), type, JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name));
    }

    private static bool IsLibrarys(Type type) =>
        type.Assembly == typeof(Activation).Assembly || type.Assembly == typeof(Registry).Assembly;

    // Records that are parts: their names are those of their types, in lower case.
    private static readonly Type[] Bases =
        [typeof(Activation), typeof(LayerFunction), typeof(Optimizer), typeof(Schedule), typeof(Stopping), typeof(Toy)];

    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "not reached in a trimmed build")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "not reached in a trimmed build")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "not reached in a build ahead of time")]
    private static Action Call(Type owner, string name, Type type, params object[] arguments)
    {
        var method = owner.GetMethod(name)!.MakeGenericMethod(type);
        return () => method.Invoke(null, arguments);
    }
}
