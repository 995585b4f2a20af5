using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Functional.Core.Forms;

/// <summary>The fields of records that a program brings along: the parameters of their constructor, named in
/// lower case with _ between words, in the range that a <see cref="RangeAttribute"/> of the parameter or of
/// its property gives.</summary>
internal static class OwnFields
{
    /// <summary>Shows them to a visitor, and makes the record of its answers.</summary>
    public static A Visit<A>(A form, Fields fields) where A : Form<A>
    {
        var constructor = Constructor(form.GetType());
        RefuseState(form.GetType(), constructor);
        if (constructor.GetParameters() is not { Length: > 0 } parameters) return form;
        return (A)constructor.Invoke([.. parameters.Select(parameter => Answer(form, parameter, fields))]);
    }

    /// <summary>A record with the defaults of its constructor.</summary>
    /// <exception cref="ArgumentException">A parameter has no default.</exception>
    public static A Default<A>()
    {
        var missing = Constructor(typeof(A)).GetParameters().FirstOrDefault(parameter => !parameter.HasDefaultValue);
        return (A?)DefaultOf(typeof(A)) ?? throw new ArgumentException(
            $"{typeof(A).Name} has a parameter {missing!.Name} without a default; each should have one");
    }

    // What can be set beside the constructor would be lost when the record is written down.
    private static void RefuseState(Type type, ConstructorInfo constructor)
    {
        string[] fields = [.. constructor.GetParameters().Select(parameter => parameter.Name!)];
        var beside = Properties(type).FirstOrDefault(property =>
            property.SetMethod is not null && property.DeclaringType!.Assembly != typeof(Fields).Assembly
            && !fields.Contains(property.Name, StringComparer.OrdinalIgnoreCase));
        if (beside is not null)
            throw new NotSupportedException(
                $"{type.Name} has a property {beside.Name} that can be set and is no parameter of its constructor, "
                    + $"so that it would not be "
                    + "written down; it should be a parameter, or the record should override Each");
    }

    /// <summary>A record of a type with the defaults of its constructor; null where a parameter has none.</summary>
    public static object? DefaultOf(Type type)
    {
        var constructor = Constructor(type);
        var parameters = constructor.GetParameters();
        return parameters.All(parameter => parameter.HasDefaultValue)
            ? constructor.Invoke([.. parameters.Select(parameter => parameter.DefaultValue)])
            : null;
    }

    private static object? Answer(object form, ParameterInfo parameter, Fields fields)
    {
        string name = JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!);
        var property = Property(form.GetType(), parameter.Name!);
        object? value = property.GetValue(form);
        var range = Range(
            parameter.GetCustomAttribute<RangeAttribute>() ?? property.GetCustomAttribute<RangeAttribute>());
        return value switch
        {
            double real => fields.Real(name, real, range ?? Interval.Any),
            int whole => fields.Whole(name, whole, range ?? Interval.Between(int.MinValue, int.MaxValue)),
            bool flag => fields.Flag(name, flag),
            string text => fields.Text(name, text),
            Items<double> reals => fields.Reals(name, reals, range ?? Interval.Any),
            Items<int> wholes => fields.Wholes(name, wholes, range ?? Interval.Between(int.MinValue, int.MaxValue)),
            _ => throw new NotSupportedException(
                $"{form.GetType().Name} has a parameter {parameter.Name} of type {parameter.ParameterType.Name}; "
                + "it should be a double, int, bool, string, Items<double> or Items<int>, "
                + "or the record should override Each"),
        };
    }

    private static Interval? Range(RangeAttribute? given) => given is null
        ? null
        : new(Number(given.Minimum), Number(given.Maximum), given.MinimumIsExclusive, given.MaximumIsExclusive);

    private static double Number(object bound) => Convert.ToDouble(bound, CultureInfo.InvariantCulture);

    [UnconditionalSuppressMessage(
        "Trimming", "IL2070", Justification = "what is registered keeps its constructor and properties")]
    private static ConstructorInfo Constructor(Type type) =>
        type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)
        ?? throw new NotSupportedException($"{type.Name} has no public constructor; it should have one");

    [UnconditionalSuppressMessage(
        "Trimming", "IL2070", Justification = "what is registered keeps its constructor and properties")]
    private static PropertyInfo[] Properties(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    [UnconditionalSuppressMessage(
        "Trimming", "IL2070", Justification = "what is registered keeps its constructor and properties")]
    private static PropertyInfo Property(Type type, string name) =>
        type.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase)
        ?? throw new NotSupportedException($"{type.Name} has no property for its parameter {name}; a record has one");
}
