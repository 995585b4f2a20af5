using Functional.Core.Networks.Activations;

namespace Functional.Core.Explaining;

/// <summary>The words of an explanation in one language.</summary>
internal abstract record Wording
{
    public static Wording In(Language language) => language == Language.Spanish ? new Spanish() : new English();

    public abstract string Network { get; }
    public abstract string Forward { get; }
    public abstract string Composed { get; }
    public abstract string Loss { get; }
    public abstract string Backward { get; }
    public abstract string Error { get; }
    public abstract string OneNeuron { get; }
    public abstract string OneNeuronNotation { get; }
    public abstract string BackToHidden { get; }
    public abstract string DerivativeBy { get; }

    public abstract string Update { get; }
    public abstract string UpdateIs { get; }
    public abstract string Samples { get; }
    public abstract string SamplesAre { get; }
    public abstract string Scaled { get; }
    public abstract string ScaledTarget { get; }
    public abstract string Unscaled { get; }
    public abstract string Multiplied { get; }
    public abstract string Step { get; }
    public abstract Notation StepIs { get; }

    public abstract string MultipliedIs(int first, int last);
    public abstract string Columns(string list);
    public abstract string Missing(string list);
    public abstract string Title(string widths);
    public abstract string Notation(int layers);
    public abstract string Class(int number);
    public abstract string Layer(int number, int units, Activation phi, bool isOutput);
    public abstract string LossIs(Loss loss);
    public abstract string BackThrough(int number, bool isOutput);
}

/// <summary>English</summary>
internal sealed record English : Wording
{
    public override string Network => "The network";
    public override string Forward => "Forward propagation";
    public override string Composed => "All in one formula";
    public override string Loss => "Loss";
    public override string Backward => "Backward propagation";
    public override string Error => "The error of the prediction";
    public override string OneNeuron => "Gradients: one hidden layer of one neuron";
    public override string OneNeuronNotation =>
        "Each derivative of the loss is a product of factors, one for each step from the parameter to the "
        + "error. Layers are counted from the hidden one, as on the lecture's slide; there is one sample, so "
        + "the index (i) is left out.";
    public override string BackToHidden => "The error of the hidden neuron";
    public override string DerivativeBy => "The derivative by";
    public override string Update => "The update";
    public override string UpdateIs =>
        "One step of gradient descent: from every parameter its derivative is subtracted, times the learning rate.";
    public override string Samples => "The samples";
    public override string SamplesAre =>
        "Each row is a sample i: its inputs as the network reads them, what the network makes of them, and, "
        + "where there is a target, its loss.";
    public override string Scaled => "The sample's numbers are r. The network reads them scaled, as x:";
    public override string ScaledTarget => "What should be predicted is t. The network learns it scaled, as y:";
    public override string Unscaled => "In the unit of the data, the prediction is:";
    public override string Multiplied => "Without a non-linearity";
    public override string Columns(string list) => $"The inputs are {list}.";
    public override string Missing(string list) =>
        $"Missing in the data, with what was learned from the training samples in place of each: {list}.";
    public override string Step => "step";
    public override Notation StepIs =>
        new("1 where z ≥ 0, else 0", @"\begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases}");

    public override string MultipliedIs(int first, int last) =>
        $"There is no non-linearity between layers {first} and {last}: multiplied out, they are one linear "
        + $"layer, and can do no more than that.";

    public override string Title(string widths) => $"Dense network {widths}";
    public override string Notation(int layers) =>
        $"The network has {layers} layers; layer 1 is the input. In row i and column j, the matrix W of a layer "
        + $"holds the weight from its neuron i to neuron j of the next one; b holds the biases of the next one. "
        + "There is one sample, so the lecture's index (i) is left out.";
    public override string Class(int number) =>
        $"The sample is of class {number}, counted from 0: output {number + 1} should win.";
    public override string Layer(int number, int units, Activation phi, bool isOutput) =>
        $"Layer {number} ({(isOutput ? "output" : "hidden")}): {units} {(units == 1 ? "neuron" : "neurons")}, "
        + $"activation {(phi is Identity ? "linear" : Activation.Kinds.NameOf(phi))}";
    public override string LossIs(Loss loss) =>
        loss is HalfSumSquaredError
        ? "The loss is the lecture's ECM, half the sum of the squared errors."
        : $"The loss is {Functional.Loss.Kinds.NameOf(loss).Replace('_', ' ')}.";
    public override string BackThrough(int number, bool isOutput) =>
        $"The error of layer {number}{(isOutput ? " (output)" : "")} and the gradients of the weights that lead to it";
}

/// <summary>Español</summary>
internal sealed record Spanish : Wording
{
    public override string Network => "La red";
    public override string Forward => "Propagación hacia adelante";
    public override string Composed => "Todo en una fórmula";
    public override string Loss => "Función de pérdida";
    public override string Backward => "Propagación hacia atrás";
    public override string Error => "El error de la predicción";
    public override string OneNeuron => "Cálculo de gradientes: 1 capa oculta con 1 neurona";
    public override string OneNeuronNotation =>
        "Cada derivada de la pérdida es un producto de factores, uno por cada paso del parámetro al error. Las "
        + "capas se cuentan desde la oculta, como en la diapositiva; hay un solo ejemplo, "
        + "así que se omite el índice (i).";
    public override string BackToHidden => "El error de la neurona oculta";
    public override string DerivativeBy => "La derivada respecto a";
    public override string Update => "La actualización";
    public override string UpdateIs =>
        "Un paso de descenso por gradiente: a cada parámetro se le resta su derivada multiplicada por la tasa "
        + "de aprendizaje.";
    public override string Samples => "Los ejemplos";
    public override string SamplesAre =>
        "Cada fila es un ejemplo i: sus entradas como las lee la red, lo que la red calcula con ellas y, si hay "
        + "un objetivo, su pérdida.";
    public override string Scaled => "Los números del ejemplo son r. La red los lee escalados, como x:";
    public override string ScaledTarget => "Lo que se debe predecir es t. La red lo aprende escalado, como y:";
    public override string Unscaled => "En la unidad de los datos, la predicción es:";
    public override string Multiplied => "Capas lineales seguidas";
    public override string Columns(string list) => $"Las entradas son {list}.";
    public override string Missing(string list) =>
        $"Faltan en los datos, con lo aprendido de los ejemplos de entrenamiento en su lugar: {list}.";
    public override string Step => "escalón";
    public override Notation StepIs =>
        new("1 si z ≥ 0, si no 0", @"\begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases}");

    public override string MultipliedIs(int first, int last) =>
        $"Entre las capas {first} y {last} no hay ninguna función no lineal: multiplicadas, son una sola capa "
        + $"lineal, y no pueden hacer más que ella.";

    public override string Title(string widths) => $"Red densa {widths}";
    public override string Notation(int layers) =>
        $"La red tiene {layers} capas; la capa 1 es la entrada. En la fila i y la columna j, la matriz W de una "
        + $"capa tiene el peso que va de su neurona i a la neurona j de la siguiente; b tiene los sesgos de la "
        + "siguiente. Hay un solo ejemplo, así que se omite el índice (i).";
    public override string Class(int number) =>
        $"El ejemplo es de la clase {number}, contando desde 0: debe ganar la salida {number + 1}.";
    public override string Layer(int number, int units, Activation phi, bool isOutput) =>
        $"Capa {number} ({(isOutput ? "de salida" : "oculta")}): {units} {(units == 1 ? "neurona" : "neuronas")}, "
        + $"función de activación {Name(phi)}";
    public override string LossIs(Loss loss) => loss is HalfSumSquaredError
        ? "La pérdida es el ECM, la mitad de la suma de los errores al cuadrado."
        : loss switch
        {
            MeanSquaredError => "La pérdida es el error cuadrático medio.",
            MeanAbsoluteError => "La pérdida es el error absoluto medio.",
            SoftmaxCrossEntropy => "La pérdida es la entropía cruzada tras softmax.",
            BinaryCrossEntropy or BinaryCrossEntropyWithLogits => "La pérdida es la entropía cruzada binaria.",
            Huber => "La pérdida es la de Huber.",
            _ => $"La pérdida es {Functional.Loss.Kinds.NameOf(loss)}.",
        };
    public override string BackThrough(int number, bool isOutput) =>
        $"El error de la capa {number}{(isOutput ? " (de salida)" : "")} y los gradientes de los pesos que llevan a "
        + $"ella";

    private static string Name(Activation phi) => phi switch
    {
        Identity => "lineal",
        Sigmoid => "sigmoide",
        Networks.Activations.Step => new Spanish().Step,
        _ => Activation.Kinds.NameOf(phi),
    };
}
