// How near the matrix product comes to the processor's limit: the product and a loop of nothing but fused multiply-adds
// take turns on the same cores in one run, and what is printed is the ratio of the medians.
//
//     dotnet run -c Release --project bench/Floor [repetitions]

using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Products;
using Functional.Core.Numbers.Threads;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int repetitions = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 31;
Console.WriteLine($"{Environment.ProcessorCount} processors, width {Width.Bits} bits; "
    + $"{repetitions} interleaved repetitions; medians");
Console.WriteLine("precision    size  threads   product GFLOP/s   peak GFLOP/s   product / peak");
bool reached = true;
foreach (int threads in new[] { 1, 2 })
    foreach (int size in new[] { 768, 1536 })
        reached &= Measure<float>(size, threads) & Measure<double>(size, threads);
Console.WriteLine(reached ? "floor of 85 % reached" : "floor of 85 % NOT reached");
return reached ? 0 : 1;

bool Measure<T>(int size, int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    T[] a = Cells<T>(size), b = Cells<T>(size), c = new T[size * size];
    double flops = 2.0 * size * size * size;
    double product = 0, peak = 0;
    var (products, peaks, ratios) = (new List<double>(), new List<double>(), new List<double>());
    for (int i = -3; i < repetitions; i++)
    {
        long start = Stopwatch.GetTimestamp();
        MatMul.Multiply<T>(a, b, [], c, size, size, size, threads);
        product = flops / Stopwatch.GetElapsedTime(start).TotalNanoseconds;

        var work = new Peak<T>((long)(flops / threads));
        start = Stopwatch.GetTimestamp();
        Workers.Share(ref work, threads, threads);
        peak = flops / Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        if (i < 0) continue;
        products.Add(product);
        peaks.Add(peak);
        ratios.Add(product / peak);
    }
    double ratio = Median(ratios);
    Console.WriteLine(
        $"{typeof(T).Name,-9} {size,7} {threads,8} {Median(products),17:F1} {Median(peaks),14:F1} {ratio,16:P1}");
    return ratio >= 0.85;
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static T[] Cells<T>(int size) where T : INumber<T> =>
    [.. Enumerable.Range(0, size * size).Select(i => T.CreateChecked(((i * 7919L % 2003) - 1001) / 1001.0))];
