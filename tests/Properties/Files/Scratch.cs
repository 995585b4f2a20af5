using Functional;
using Xunit;

namespace Properties.Files;

/// <summary>A directory for the files of one test, and what their readers say of them.</summary>
internal sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("readers-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    /// <summary>The message with which something is refused, on one line, without the directory.</summary>
    public string Refusal(Func<object> read)
    {
        string message = Assert.Throws<InvalidInputException>(read).Message;
        Assert.DoesNotContain('\n', message);
        return message.Replace($"{Path}/", "", StringComparison.Ordinal)
            .Replace(Path, "here", StringComparison.Ordinal);
    }

    /// <summary>Whatever is cut off a file, and whatever bytes are altered, it is read or refused;
    /// nothing else happens.</summary>
    public void ReadsOrRefuses(string name, byte[] valid, Action<string> read)
    {
        for (int length = 0; length < valid.Length; length++) Try(valid[..length]);
        var random = new Random(1);
        for (int round = 0; round < 300; round++)
        {
            byte[] altered = [.. valid];
            for (int flips = random.Next(1, 5); flips > 0; flips--)
                altered[random.Next(altered.Length)] ^= (byte)random.Next(1, 256);
            Try(altered);
        }

        void Try(byte[] bytes)
        {
            try
            {
                read(Write(name, bytes));
            }
            catch (InvalidInputException)
            {
                return;
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{Convert.ToBase64String(bytes)} gives {fault}");
            }
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
