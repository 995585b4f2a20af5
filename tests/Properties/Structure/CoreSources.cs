using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Properties.Structure;

/// <summary>The core's sources, compiled anew: what each file uses is known from the symbols,
/// whatever namespaces say.</summary>
internal static class CoreSources
{
    private static readonly string Root = Path.Combine(Repository.Root, "src/Functional.Core");

    /// <summary>Every use of a type of one room by a file of another.</summary>
    public static IReadOnlyList<(string File, string Room, string Type, string TypesRoom)> UsesAcrossRooms =>
        Uses.Value;

    /// <summary>The types that files of a folder declare, without those within others: namespace, name, number of
    /// type parameters.</summary>
    public static IEnumerable<(string Namespace, string Name, int Arity)> Types(string folder) =>
        from file in Repository.Sources(folder)
        from type in Parsed(file).GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        let within = type.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()
        where type.Parent == within
        select (
            within?.Name.ToString() ?? "", type.Identifier.Text,
            (type as TypeDeclarationSyntax)?.TypeParameterList?.Parameters.Count ?? 0);

    private static readonly Lazy<(string, string, string, string)[]> Uses = new(Found);

    private static (string, string, string, string)[] Found()
    {
        var compilation = Compiled("src/Functional.Core");
        SyntaxTree[] trees = [.. compilation.SyntaxTrees];
        return [.. trees.AsParallel().SelectMany(tree =>
        {
            var model = compilation.GetSemanticModel(tree);
            return from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
                   let type = TypeOf(model.GetSymbolInfo(name).Symbol)
                   where type?.DeclaringSyntaxReferences is [var declaration, ..]
                   let room = RoomOf(tree.FilePath)
                   let other = RoomOf(type!.DeclaringSyntaxReferences[0].SyntaxTree.FilePath)
                   where room != other
                   select (Path.GetFileName(tree.FilePath), room, type!.Name, other);
        }).Distinct()];
    }

    /// <summary>The sources of a folder as one program.</summary>
    public static CSharpCompilation Compiled(string folder) => CSharpCompilation.Create(
        "Compiled", Repository.Sources(folder).Select(Parsed), References,
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    private static SyntaxTree Parsed(string file) =>
        CSharpSyntaxTree.ParseText(Usual + File.ReadAllText(file), new(LanguageVersion.Preview), file);

    // What the compiler adds where implicit usings are on.
    private const string Usual =
        "global using System; global using System.Collections.Generic; global using System.IO; global using "
        + "System.Linq; global using System.Threading; ";

    private static IEnumerable<MetadataReference> References =>
        from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        where Path.GetFileName(path) is not ("Functional.dll" or "Functional.Core.dll" or "Functional.Cli.dll"
            or "Functional.Figures.dll" or "Properties.dll")
        select MetadataReference.CreateFromFile(path);

    private static INamedTypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        INamedTypeSymbol type => type.OriginalDefinition,
        IMethodSymbol or IPropertySymbol or IFieldSymbol => symbol.ContainingType?.OriginalDefinition,
        _ => null,
    };

    private static string RoomOf(string file) => Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar)[0];
}
