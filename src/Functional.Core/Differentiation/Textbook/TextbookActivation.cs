using Functional.Core.Networks.Activations;

#pragma warning disable RS0030 // the functions of an IReal are Elementary's

namespace Functional.Core.Differentiation.Textbook;

/// <summary>An activation that is made of a function over generic arithmetic.</summary>
internal interface ITextbookActivation
{
    T Of<T>(T z) where T : IReal<T>;
}

/// <summary>Every activation as its description has it, over generic arithmetic.</summary>
internal static class TextbookActivation
{
    /// <summary>phi of a row of sums.</summary>
    public static T[] Of<T>(Activation phi, T[] z) where T : IReal<T>
    {
        if (phi is not Softmax) return [.. z.Select(x => Of(phi, x))];
        T most = z.Aggregate(T.Max), sum = z.Aggregate(T.Zero, (total, x) => total + T.Exp(x - most));
        return [.. z.Select(x => T.Exp(x - most) / sum)];
    }

    private static T Of<T>(Activation phi, T z) where T : IReal<T> => phi switch
    {
        Identity => z,
        Step => T.Choose(z, T.Zero, T.Zero, T.One),
        Sigmoid => T.One / (T.One + T.Exp(-z)),
        Tanh => T.Tanh(z),
        Relu => T.Max(z, T.Zero),
        LeakyRelu(var slope) => T.Choose(T.Zero, z, z, T.Of(slope) * z),
        Elu(var alpha) => T.Choose(T.Zero, z, z, T.Of(alpha) * T.ExpM1(z)),
        Selu => T.Of(1.0507009873554805) * T.Choose(T.Zero, z, z, T.Of(1.6732632423543772) * T.ExpM1(z)),
        Gelu => z * (T.One + T.Erf(z / T.Sqrt(T.Of(2)))) / T.Of(2),
        GeluTanh => z * (T.One + T.Tanh(T.Sqrt(T.Of(2) / T.Pi) * (z + T.Of(0.044715) * z * z * z))) / T.Of(2),
        Silu => z / (T.One + T.Exp(-z)),
        Mish => z * T.Tanh(T.LogP1(T.Exp(z))),
        Softplus => T.LogP1(T.Exp(z)),
        Softsign => z / (T.One + T.Abs(z)),
        HardTanh => T.Clamp(z, T.Of(-1), T.One),
        HardSigmoid => T.Clamp(z / T.Of(6) + T.Of(0.5), T.Zero, T.One),
        ITextbookActivation own => own.Of(z),
        _ => throw new InvalidOperationException($"no textbook has a {phi.GetType().Name}"),
    };
}
