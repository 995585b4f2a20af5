using Functional;
using Functional.Core.Randomness;

// In a program's tests: the laws that every part obeys.
Laws.Hold<Swish>();
Laws.Hold<SignDescent>();
Laws.Hold<Scale>();

// Names, so that they can stand in JSON.
Registry.Add<Swish>("swish");
Registry.Add<SignDescent>("sign_descent");
Registry.Add<Scale>("scale");

var trained = Mlp.Classifier(new Dense(16, new Swish(0.7)), new Scale(), new Dense(8, Activation.Tanh)).Train(
    Datasets.Draw(new Moons(Samples: 400), seed: 1),
    settings => settings with { Epochs = 40, Optimizer = new SignDescent(0.005) });
Console.WriteLine(trained);
trained.Model.Save("own.safetensors");
Console.WriteLine(Classifier.Load("own.safetensors").Model.Architecture.ToJson());

public sealed record Swish(double Beta = 1) : ActivationFunction<Swish>          // derivatives by dual numbers
{
    public override T Value<T>(T z) => z / (1 + T.Exp(-Beta * z));
}

public sealed record SignDescent(double Rate = 0.01) : Optimizer                 // a rule on a direction
{
    protected override void Update<T>(Stretch<T> at)
    {
        double rate = at.Rate(Rate);                                             // as the schedule has it at this step
        at.Direction.Map(g => rate * T.Sign(g));
    }
}

public sealed record Scale(double Start = 1) : LayerFunction                     // y_i = s_i x_i; the s_i are learned
{
    public override int OutputsOf(int inputs) => inputs;

    public override int ParametersOf(int inputs) => inputs;

    public override double First(int inputs, int parameter, Key key) => Start;

    public override void Forward<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = parameters[i] * x[i];
    }
}
