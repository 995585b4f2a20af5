using System.Numerics;
using Functional.Core.Explaining;
using Functional.Core.Networks;
using Functional.Core.Numbers;

namespace Functional;

/// <summary>Explanations of networks that a program makes itself; a trained model has its own.</summary>
public static class NetworkExplanations
{
    extension<T>(Network<T> network) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>A sample's way through the network, forward and, where there is a target, backward, as the lecture
        /// writes it.</summary>
        /// <param name="input">As many numbers as the network takes.</param>
        /// <param name="target">What the outputs should have been; none for the forward pass alone.</param>
        /// <param name="loss">The loss; the lecture's, half the sum of squared errors, unless given.</param>
        /// <param name="language">Of the words between the formulas.</param>
        /// <param name="rate">The learning rate of one update by gradient descent; none is shown without it.</param>
        /// <exception cref="InvalidInputException">The network is too large or of layers that have no formula here, or
        /// the sample does not fit it.</exception>
        public Explanation Explain(
            Vec<T> input, Vec<T>? target = null, Loss? loss = null, Language language = Language.English,
            double? rate = null) =>
            Attempt<Explanation>.Of(Explanation.Of(network, input, target, loss, language, rate)).OrThrow();

        /// <summary>A table of samples, such as the truth table of XOR, with their losses and that
        /// of all together.</summary>
        /// <param name="inputs">Samples x inputs.</param>
        /// <param name="targets">Samples x targets; none for a table without losses.</param>
        /// <param name="loss">The loss; the lecture's, half the sum of squared errors, unless given.</param>
        /// <param name="language">Of the words.</param>
        /// <exception cref="InvalidInputException">The network is too large or of layers that have no formula here, or
        /// the samples do not fit it.</exception>
        public Explanation ExplainSamples(
            Matrix<T> inputs, Matrix<T>? targets = null, Loss? loss = null, Language language = Language.English) =>
            Attempt<Explanation>.Of(Explanation.OfSamples(network, inputs, targets, loss, language)).OrThrow();

        /// <summary>The lecture's derivation for a network of one input, one hidden neuron and one output.</summary>
        /// <param name="input">The input.</param>
        /// <param name="target">What the output should have been.</param>
        /// <param name="language">Of the words between the formulas.</param>
        /// <exception cref="InvalidInputException">The network is another one.</exception>
        public Explanation ExplainOneNeuron(T input, T target, Language language = Language.English) =>
            Attempt<Explanation>.Of(Explanation.OfOneNeuron(network, input, target, language)).OrThrow();
    }
}
