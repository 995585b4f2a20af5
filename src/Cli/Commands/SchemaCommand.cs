using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Functional.Core.Training;

namespace Functional.Cli.Commands;

/// <summary><c>functional schema</c>: a JSON Schema of an experiment, the user's own functions
/// among the names.</summary>
internal static class SchemaCommand
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Fill(Command command) => command.SetAction(_ =>
    {
        Console.WriteLine(SettingsSchema.Of().ToJsonString(Readable));
        return Status.Done;
    });
}
