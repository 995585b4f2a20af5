using System.Reflection;
using Functional;
using Functional.Core.Forms;
using Xunit;

namespace Properties.Forms;

/// <summary>One name for one thing: what a person writes in JSON is what a program writes in C#.</summary>
public sealed class NameProperties
{
    /// <summary>Every table of names that the core has.</summary>
    private static readonly IFamily[] Families =
    [
        .. from type in typeof(Settings).Assembly.GetTypes()
           where !type.ContainsGenericParameters
           from property in type.GetProperties(
               BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           where property.PropertyType.IsAssignableTo(typeof(IFamily))
           select (IFamily)property.GetValue(null)!,
    ];

    private static IEnumerable<(string Family, Kind Kind)> Kinds =>
        from family in Families from kind in family.Kinds where kind.IsOwn select (family.What, kind);

    [Fact] public void There_are_tables_of_names() => Assert.True(Families.Length > 15 && Kinds.Count() > 100);

    [Fact]
    public void A_member_is_written_under_its_name_in_a_program() => Assert.Equal("", Listed(
        from kind in Kinds
        let names = InProgram(kind.Kind.Type).ToArray()
        where !names.Any(name => AreOne(kind.Kind.Name, name))
        select $"{kind.Family}: {kind.Kind.Name} is {string.Join(" or ", names)}"));

    // C# lets no property have the name of its type: such a field is called so in JSON, and Value in C#.
    [Fact]
    public void A_field_is_written_under_the_name_of_its_property() => Assert.Equal("", Listed(
        from kind in Kinds
        from field in kind.Kind.Fields
        where !(AreOne(field.Name, kind.Kind.Type.Name) && kind.Kind.Type.GetProperty("Value") is not null)
        where !Properties(kind.Kind.Type, depth: 2).Any(name => AreOne(field.Name, name))
        select $"{kind.Family} {kind.Kind.Name}: {field.Name} is no property of {kind.Kind.Type.Name}"));

    // The name of a type that a program can name, else those that its family gives to what it makes.
    private static IEnumerable<string> InProgram(Type type) => type.IsVisible
        ? [type.Name]
        : Visible(type).GetMembers(BindingFlags.Static | BindingFlags.Public).Where(member => Makes(member, type))
            .Select(member => member.Name);

    // Whether a member of a family is, or makes with its usual arguments, a value of a type.
    private static bool Makes(MemberInfo member, Type type) => member switch
    {
        PropertyInfo property => property.GetValue(null)?.GetType() == type,
        MethodInfo { IsGenericMethod: false } method
            when method.GetParameters().All(parameter => parameter.HasDefaultValue) =>
            method.Invoke(null, [.. method.GetParameters().Select(parameter => parameter.DefaultValue)])?.GetType()
            == type,
        MethodInfo { IsGenericMethod: false, Name: "Given" } => true, // ClassWeights.Given takes the weights
        _ => false,
    };

    private static Type Visible(Type type) => type.IsVisible ? type : Visible(type.BaseType!);

    // Its own properties, and those of the records that are among them.
    private static IEnumerable<string> Properties(Type type, int depth) => depth == 0
        ? []
        : type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.Name != "EqualityContract")
            .SelectMany(property =>
                (property.PropertyType.Assembly == type.Assembly ? Properties(property.PropertyType, depth - 1) : [])
                    .Append(property.Name));

    private static bool AreOne(string written, string name) =>
        string.Concat(written.Where(char.IsLetterOrDigit)).Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Listed(IEnumerable<string> faults) => string.Join("\n", faults);
}
