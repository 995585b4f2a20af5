namespace Properties.Structure;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Up(AppContext.BaseDirectory);

    /// <summary>The C# files of a folder and those below it, but for what a build makes.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    private static string Up(string directory) =>
        File.Exists(Path.Combine(directory, "Functional.sln")) ? directory : Up(Path.GetDirectoryName(directory)!);
}
