using System.Diagnostics;
using Xunit;

namespace Acceptance;

/// <summary>A program of a user's own that references the library.</summary>
public sealed class LibraryAcceptance
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="ROOT/src/Facade/Facade.csproj" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using Functional;
        using Functional.Core.Numbers;
        using Functional.Core.Randomness;

        int[] numbers = [1, 2, 3];
        string[] names = ["one", "two", "three"];
        Console.WriteLine(numbers.Zip(names).First().First);                      // LINQ is LINQ
        Console.WriteLine(string.Join(" ", numbers.Select(x => x + 1).Where(x => x > 2).Append(9).Reverse()));

        var moons = new Moons(Samples: 60).Make(Key.FromSeed(1));
        var trained = Mlp.Classifier([4]).Train(moons, options => options with { Epochs = 2 });
        Console.WriteLine($"{trained.Test.Rows} {trained.Model.Predict(moons.Inputs.Select([0])).Length}");
        Console.WriteLine(Mlp.Classifier([0]).TryTrain(moons).Faults[0]);

        var data = Dataset.Of(
            new Problem.Regression(1), Matrix<double>.Of([1], [2], [3], [4], [5], [6]),
            Matrix<double>.Of([2], [4], [6], [8], [10], [12]));
        Console.WriteLine(
            Mlp.Regressor([4], Activation.Tanh).TryTrain(data) is { Succeeded: true } attempt
            && attempt.Value.Results.Test is { Rows: 1 });
        """;

    [Fact]
    public void Sees_nothing_of_the_libraries_that_it_is_made_of()
    {
        using var scratch = new Scratch();
        scratch.File(
            "Mine.csproj", Project.Replace("ROOT", Checkout.Root, StringComparison.Ordinal));
        scratch.File("Program.cs", Program);
        var start = new ProcessStartInfo("dotnet", ["run", "-c", "Release", "-p:BuildProjectReferences=false"])
        {
            WorkingDirectory = scratch.Path,
            RedirectStandardOutput = true
        };
        foreach (string name in start.Environment.Keys.Where(
            name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("1\n9 4 3\n12 1\nhidden[0].units is 0; it should be between 1 and 1048576\nTrue\n", output);
    }
}
