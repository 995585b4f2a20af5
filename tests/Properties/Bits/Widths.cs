using System.Diagnostics;
using System.Runtime.Intrinsics;
using Functional.Core.Numbers.Lanes;
using Xunit;

namespace Properties.Bits;

/// <summary>Every width gives the same bits: this test process starts itself again with each of the runtime's
/// switches and runs the properties of this folder there. The child writes down the widths it saw, to prove
/// that the switch acted. Without any vector instruction (DOTNET_EnableHWIntrinsic=0) it takes minutes: .ci/run
/// does that by itself.</summary>
public sealed class Widths(ITestOutputHelper output)
{
    private const string Report = "FUNCTIONAL_WIDTHS_REPORT";

    /// <summary>Whether this process was started to run at another width than the machine's own.</summary>
    public static bool IsRerun => Environment.GetEnvironmentVariable(Report) is not null;

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "0", 256)]
    [InlineData("DOTNET_PreferredVectorBitWidth", "128", 128)]
    [InlineData("DOTNET_EnableAVX2", "0", 64)] // takes fused multiply-add away, too
    public void The_bits_are_the_same_with(string name, string value, int widestLeft)
    {
        if (IsRerun) return; // a child does not start children
        string report = Path.GetTempFileName();
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, ["-noLogo", "-noColor", "-namespace", "Properties.Bits"])
        {
            RedirectStandardOutput = true,
            Environment = { [name] = value, [Report] = report },
        };
        using var child = Process.Start(start)!;
        string printed = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, printed);
        string[] seen = File.ReadAllLines(report);
        File.Delete(report);
        output.WriteLine($"with {name}={value}: {string.Join("; ", seen)}");
        Assert.InRange(
            int.Parse(seen[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), 64, widestLeft);
    }

    [Fact]
    public void The_widths_of_this_process_are_written_down()
    {
        string[] lines =
        [
            $"width {Width.Bits}",
            $"Vector512 {Vector512.IsHardwareAccelerated}, Vector256 {Vector256.IsHardwareAccelerated}, Vector128 "
                + $"{Vector128.IsHardwareAccelerated}, fused multiply-add {Width.HasFma}",
        ];
        foreach (string line in lines) output.WriteLine(line);
        if (Environment.GetEnvironmentVariable(Report) is { } report) File.WriteAllLines(report, lines);
        Assert.True(Width.Bits is 64 or 128 or 256 or 512);
    }
}
