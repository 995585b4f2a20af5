#:project ../../src/Facade/Facade.csproj

using Functional;

var trained = Mlp.Classifier([32]).Train(
    Datasets.Penguins(), "Species", settings => settings with { Missing = new MissingCells.Mean(), Epochs = 20 });
Console.WriteLine(trained);
Console.WriteLine(trained.Model.Predict([("Island", "Biscoe"), ("Beak Length (mm)", 46.1), ("Beak Depth (mm)", 15.1),
    ("Flipper Length (mm)", 215), ("Body Mass (g)", 5100), ("Sex", "MALE")]));
