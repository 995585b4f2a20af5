// One workload in TorchSharp: prints microseconds a step, one number a repetition. Arguments
// as JSON (see ../compare.py).

using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var work = JsonDocument.Parse(args[0]).RootElement;
int[] widths = [.. work.GetProperty("widths").EnumerateArray().Select(width => width.GetInt32())];
int batch = Whole("batch"), pool = Whole("pool");
set_num_threads(Whole("threads"));
random.manual_seed(1);
var entropy = nn.CrossEntropyLoss();

double[] times = Text("kind") switch
{
    "train" => Repetitions(Trainer),
    "infer" => Inference(),
    _ => Epochs(),
};
Console.WriteLine(JsonSerializer.Serialize(
    new { version = $"TorchSharp {typeof(torch).Assembly.GetName().Version} (libtorch 2.10.0)", us = times }));

int Whole(string name) => work.GetProperty(name).GetInt32();
string Text(string name) => work.GetProperty(name).GetString()!;

nn.Module<Tensor, Tensor> Net()
{
    var layers = new List<nn.Module<Tensor, Tensor>>();
    for (int i = 0; i + 1 < widths.Length; i++)
    {
        layers.Add(nn.Linear(widths[i], widths[i + 1]));
        if (i + 2 < widths.Length) layers.Add(Text("activation") == "tanh" ? nn.Tanh() : nn.ReLU());
    }
    return nn.Sequential([.. layers]);
}

optim.Optimizer Rule(nn.Module net) =>
    Text("optimizer") == "adam" ? optim.Adam(net.parameters(), 1e-3) : optim.SGD(net.parameters(), 1e-2);

Action<int> Trainer()
{
    Tensor[] x = [.. Enumerable.Range(0, pool).Select(_ => randn(batch, widths[0]))],
        y = [.. Enumerable.Range(0, pool).Select(_ => randint(0, widths[^1], [batch]))];
    var net = Net();
    var rule = Rule(net);
    return i => Step(net, rule, x[i % pool], y[i % pool]);
}

void Step(nn.Module<Tensor, Tensor> net, optim.Optimizer rule, Tensor x, Tensor y)
{
    using var scope = NewDisposeScope();
    rule.zero_grad();
    entropy.forward(net.forward(x), y).backward();
    rule.step();
}

double[] Inference()
{
    using var mode = inference_mode();
    Tensor[] x = [.. Enumerable.Range(0, pool).Select(_ => randn(batch, widths[0]))];
    return Repetitions(() =>
    {
        var net = Net();
        net.eval();
        return i => { using var y = net.forward(x[i % pool]); };
    });
}

double[] Epochs()
{
    Tensor x = tensor(Array.ConvertAll(Bytes("train-images-idx3-ubyte.gz", 16), pixel => pixel / 255f))
        .reshape(-1, 784),
        y = tensor(Array.ConvertAll(Bytes("train-labels-idx1-ubyte.gz", 8), label => (long)label));
    var net = Net();
    var rule = Rule(net);
    long rows = x.shape[0];
    return [.. Enumerable.Range(0, Whole("epochs")).Select(_ =>
    {
        long start = Stopwatch.GetTimestamp();
        using var order = randperm(rows, dtype: ScalarType.Int64);
        for (long at = 0; at < rows; at += batch)
        {
            using var chosen = order.slice(0, at, Math.Min(at + batch, rows), 1);
            using Tensor inputs = x.index_select(0, chosen), classes = y.index_select(0, chosen);
            Step(net, rule, inputs, classes);
        }
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / (rows / batch);
    })];
}

byte[] Bytes(string name, int header)
{
    using var file = new GZipStream(File.OpenRead(Path.Combine(Text("data"), name)), CompressionMode.Decompress);
    using var all = new MemoryStream();
    file.CopyTo(all);
    return all.ToArray()[header..];
}

double[] Repetitions(Func<Action<int>> make)
{
    double seconds = work.GetProperty("seconds").GetDouble(), each;
    var step = make();
    Timed(step, 3);
    int count = 1;
    while ((each = Timed(step, count)) * count < seconds / 2) count *= 2;
    count = Math.Max(2, (int)(seconds / each));
    return [.. Enumerable.Range(0, Whole("repetitions")).Select(_ =>
    {
        step = make(); // each from fresh parameters
        Timed(step, Math.Clamp(count / 10, 2, 50));
        return Timed(step, count) * 1e6;
    })];
}

double Timed(Action<int> step, int count)
{
    long start = Stopwatch.GetTimestamp();
    for (int i = 0; i < count; i++) step(i);
    return Stopwatch.GetElapsedTime(start).TotalSeconds / count;
}
