using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Functional;
using Functional.Core.Numbers;
using Xunit;

namespace Properties.Structure;

/// <summary>How the house is built: dependencies point one way, nothing in the core can be written to, and
/// files are short.</summary>
public sealed partial class StructureProperties
{
    /// <summary>Rooms in the order in which they may use each other: a room uses itself and those before it.</summary>
    private static readonly string[] Rooms =
        ["Numbers", "Randomness", "Forms", "Networks", "Passes", "Losses", "Optimizers", "Data", "Differentiation",
            "Metrics", "Training", "Ensembles", "Inspection", "Explaining", "Curvature", "Landscapes"];

    [Fact]
    public void The_core_uses_nothing_above_itself() => Assert.Empty(
        from use in CoreSources.UsesAcrossRooms
        where RoomOf(use.TypesRoom) > RoomOf(use.Room)
        select $"{use.File} in {use.Room} uses {use.Type} of {use.TypesRoom}");

    [Fact]
    public void Uses_across_rooms_are_seen() =>
        Assert.Contains(("Dense.cs", "Networks", "OneProduct", "Numbers"), CoreSources.UsesAcrossRooms);

    [Fact]
    public void Every_folder_of_the_core_is_a_room() => Assert.All(
        Directory.GetDirectories(Path.Combine(Repository.Root, "src/Functional.Core"))
            .Select(folder => Path.GetFileName(folder)).Except(["bin", "obj"]),
        room => Assert.Contains(room, Rooms));

    [Fact]
    public void Every_room_of_the_core_has_at_most_a_dozen_files_or_rooms() => Assert.All(
        Repository.Sources("src/Functional.Core").Select(file => Path.GetDirectoryName(file)!).Distinct(),
        room => Assert.InRange(
            Directory.GetFiles(room, "*.cs").Length
                + Directory.GetDirectories(room).Count(inner => Path.GetFileName(inner) is not ("bin" or "obj")), 1,
            12));

    [Fact]
    public void No_static_field_of_the_core_can_be_written_outside_the_rooms_of_threads_and_lanes() => Assert.Empty(
        from type in typeof(Vec<>).Assembly.GetTypes()
        where type.Namespace is { } room && room.StartsWith("Functional.Core", StringComparison.Ordinal)
            && room is not ("Functional.Core.Numbers.Threads" or "Functional.Core.Numbers.Lanes")
        from field in type.GetFields(
            BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where !field.IsInitOnly && !field.IsLiteral && !CompilerMade(field)
        select $"{type.Name}.{field.Name}");

    [Fact]
    public void The_facade_shows_no_type_of_the_libraries_that_it_is_made_of() => Assert.Empty(
        from type in typeof(Mlp).Assembly.GetExportedTypes()
        from member in type.GetMembers(
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
        from shown in Shown(member)
        from part in Parts(shown)
        let library = part.Assembly.GetName().Name!
        where library is not ("Functional" or "Functional.Core")
            && !library.StartsWith("System.", StringComparison.Ordinal)
        select $"{type.Name}.{member.Name}: {shown}");

    [Fact]
    public void No_name_of_the_library_is_one_that_every_program_has() => Assert.Empty(
        from type in new[] { typeof(Vec<>), typeof(Mlp) }.SelectMany(type => type.Assembly.GetExportedTypes())
        where type is { Namespace: "Functional", IsNested: false }
        from other in new[] { typeof(object), typeof(Enumerable), typeof(Stack<>), typeof(HttpClient), typeof(Uri) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
        where other.Name == type.Name && ImplicitUsings.Contains(other.Namespace)
        select $"{type.Name} and {other}");

    private static readonly string[] ImplicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
        "System.Threading.Tasks",
    ];

    // A generic type and its companion, such as Vec<T> and Vec, are one name for one thing.
    [Fact]
    public void Every_type_has_a_name_of_its_own() => Assert.Empty(
        from type in CoreSources.Types("src")
        group type by (type.Name, type.Arity) into named
        where named.Select(type => type.Namespace).Distinct().Count() > 1
        select string.Join(" and ", named.Select(type => $"{type.Namespace}.{type.Name}")));

    [Fact]
    public void Names_of_types_are_seen() =>
        Assert.Equal(
            ["Functional.Core.Numbers"],
            CoreSources.Types("src").Where(type => type.Name == "Vec").Select(type => type.Namespace).Distinct());

    // A record prints all its properties: one that is computed and leads back to its record prints without end.
    [Fact]
    public void No_record_prints_itself_by_way_of_a_property_that_is_computed() => Assert.Empty(
        from record in PrintedRecords
        from property in Printed(record)
        where record.GetField(
            $"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is null
        where PrintedWith(property.PropertyType).Contains(record)
        select $"{record.Name}.{property.Name}");

    [Fact]
    public void Half_of_the_files_have_at_most_120_lines() =>
        Assert.InRange(Repository.Sources("src").Select(
            file => File.ReadLines(file).Count()).Order().ToArray() is var lines ? lines[lines.Length / 2] : 0, 1, 120);

    // A library's may round a product below the least number before it adds zero: Fused knows, and takes the
    // instruction where there is one.
    [Fact]
    public void One_file_multiplies_and_adds_numbers_alone_with_one_rounding() => Assert.Equal(["Fused.cs"],
        from file in Repository.Sources("src")
        where AloneFused().IsMatch(File.ReadAllText(file))
        select Path.GetFileName(file));

    [Fact]
    public void Neither_facade_nor_command_tells_numbers_apart() => Assert.Empty(
        from file in Repository.Sources("src/Facade").Concat(Repository.Sources("src/Cli"))
        where TellsPrecisions().IsMatch(File.ReadAllText(file))
        select Path.GetFileName(file));

    /// <summary>The records whose text the compiler writes.</summary>
    private static readonly Type[] PrintedRecords = [.. new[] { typeof(Vec<>), typeof(Mlp) }
        .SelectMany(type => type.Assembly.GetTypes())
        .Where(type => type.GetMethod("ToString", Type.EmptyTypes) is { } print
            && print.IsDefined(typeof(CompilerGeneratedAttribute)))
        .Where(type => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null)];

    private static IEnumerable<PropertyInfo> Printed(Type record) =>
        record.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.GetIndexParameters().Length == 0);

    /// <summary>The records of which a value of some type may print one, whatever it holds.</summary>
    private static HashSet<Type> PrintedWith(Type type)
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>([type]);
        while (open.TryPop(out var next))
        {
            var parts = Parts(next).Select(Generic).ToArray();
            foreach (var record in PrintedRecords.Where(
                record => parts.Any(part => Bases(record).Contains(part)) && found.Add(record)))
                foreach (var property in Printed(record)) open.Push(property.PropertyType);
        }
        return found;
    }

    private static IEnumerable<Type> Bases(Type? type) =>
        type is null || type == typeof(object) || type == typeof(ValueType)
        ? []
        : [Generic(type), .. Bases(type.BaseType)];

    private static Type Generic(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static IEnumerable<Type> Shown(MemberInfo member) => member switch
    {
        MethodBase method => [.. method.GetParameters().Select(parameter => parameter.ParameterType),
            method is MethodInfo { ReturnType: var type } ? type : typeof(void)],
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        Type type => [type],
        _ => [],
    };

    // A type, and those that it is made of: a base may be made of the type itself.
    private static IEnumerable<Type> Parts(Type type) =>
        [type, .. type.GetGenericArguments().SelectMany(Parts),
            .. type.HasElementType ? Parts(type.GetElementType()!) : [],
            .. type.BaseType is { IsGenericType: false } parent ? Parts(parent) : []];

    // Lambdas that capture nothing are kept in fields with names that no source can have.
    private static bool CompilerMade(FieldInfo field) =>
        field.Name.StartsWith('<') || field.DeclaringType!.Name.StartsWith('<');

    private static int RoomOf(string name) =>
        Array.IndexOf(Rooms, name) is >= 0 and var room ? room : throw new ArgumentException($"{name} is not a room");

    [GeneratedRegex(@"\b(?!Vector\d+)\w+\.(FusedMultiplyAdd|MultiplyAddEstimate)\b(?!</c>)")]
    private static partial Regex AloneFused();

    [GeneratedRegex(@"typeof\(T\) == typeof\((float|double)\)|sizeof\((float|double)\)\s*:")]
    private static partial Regex TellsPrecisions();
}
