namespace Properties.Structure;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Up(AppContext.BaseDirectory);

    private static string Up(string directory) =>
        File.Exists(Path.Combine(directory, "Functional.sln")) ? directory : Up(Path.GetDirectoryName(directory)!);
}
