using Functional;

// Faults of machines: one row in eight, and a missed one costs ten times a false alarm.
var readings = Enumerable.Range(0, 800).Select(i => new Reading(
    Heat: 20 + i * 37 % 61, Hum: i * 53 % 17 / 17.0,
    Fails: 20 + i * 37 % 61 + 40 * (i * 53 % 17 / 17.0) + i * 29 % 13 > 108)).ToArray();

Table Of(IEnumerable<Reading> rows) =>
    Table.Of(rows).Number("heat", r => r.Heat).Number("hum", r => r.Hum).Category("fails", r => r.Fails ? "yes" : "no");
var (train, kept) = (Of(readings.Take(500)), Of(readings.Skip(500)));

var model = Mlp.Classifier([16]).Train(train, "fails", settings => settings with { Epochs = 60, Test = 0 }).Model;
Console.WriteLine($"as it is {model.Evaluate(kept).Report.Recall[1]:F3} of the faults are found");

var curve = model.Thresholds(kept);
Console.WriteLine($"best F1      {curve.BestF1}");
Console.WriteLine($"recall 0.99  {curve.WithRecall(0.99)}");

const double Missed = 10, Alarm = 1;
var cheapest = curve.Points.MinBy(point => Missed * point.FalseNegatives + Alarm * point.FalsePositives)!;
Console.WriteLine($"cheapest     {cheapest}");

var careful = model.At(Math.Min(1, cheapest.Threshold));                         // saved and loaded with the model
careful.Save("faults.safetensors");
Console.WriteLine(Classifier.Load("faults.safetensors").Predict([("heat", 70), ("hum", 0.6)]));

internal sealed record Reading(double Heat, double Hum, bool Fails);
