using Functional;

// A model is trained once, offline; a service loads it.
if (!File.Exists("churn.safetensors"))
    Mlp.Classifier([16]).Train(
        Table.Of(Enumerable.Range(0, 300)).Category("plan", i => i % 2 == 0 ? "gold" : "free").Number(
            "age", i => 20 + i * 17 % 50)
            .Number("tickets", i => i * i % 7).Category("churned", i => i * i % 7 > 3 ? "yes" : "no"),
        "churned", settings => settings with { Epochs = 30 }).Model.Save("churn.safetensors");

var app = WebApplication.CreateSlimBuilder(args).Build();
var model = Classifier.Load("churn.safetensors");

// Class and probability; from any number of threads.
app.MapPost("/churn", (Customer customer) => model.Predict(customer.ToRow()));
app.MapGet("/", () => Results.Ok(model.Classes));
app.Run();

internal sealed record Customer(string Plan, double Age, int Tickets)
{
    public (string, Cell)[] ToRow() => [("plan", Plan), ("age", Age), ("tickets", Tickets)];
}
