using Functional;

// Customers as a program has them; a null is a missing value.
var customers = Enumerable.Range(0, 600).Select(i => new Customer(
    Plan: (i % 3) switch { 0 => "free", 1 => "silver", _ => i % 7 == 0 ? null : "gold" },
    Age: i % 10 == 0 ? null : 20 + i * 17 % 50,
    Tickets: i * i % 7,
    Churned: i * i % 7 > (i % 3 == 0 ? 1 : 3)));

var table = Table.Of(customers)
    .Category("plan", c => c.Plan)
    .Number("age", c => c.Age)
    .Number("tickets", c => c.Tickets)
    .Category("churned", c => c.Churned ? "yes" : "no");
Console.WriteLine(table);

var trained = Mlp.Classifier([64, 64]).Train(
    table, "churned",
    settings => settings with
    {
        Epochs = 200,
        Missing = new MissingCells.Median(Indicators: true),
        Optimizer = new AdamW(Rate: 0.003),
        Stopping = new Patience("validation_loss", Epochs: 20),
        ClassWeights = ClassWeights.Balanced,
    },
    progress: new Progress<Epoch>(epoch => Console.Error.WriteLine(epoch)));
Console.WriteLine(trained);
trained.Model.With(new ModelMetadata { Date = "2026-11-26", Tags = ["churn"] }).Save("churn.safetensors");

var model = Classifier.Load("churn.safetensors");
var one = model.Predict([("plan", "gold"), ("age", 41), ("tickets", 3)]);
Console.WriteLine($"{one.Class} {one.Probability:F3}");

foreach (var row in model.PredictProbabilities(Table.Of(customers.Take(3)).Category("plan", c => c.Plan)
    .Number("age", c => c.Age).Number("tickets", c => c.Tickets)))
    Console.WriteLine($"{row["yes"]:F3}");

internal sealed record Customer(string? Plan, double? Age, int Tickets, bool Churned);
