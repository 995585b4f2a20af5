using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Training;

namespace Functional.Landscapes;

/// <summary>Something that is seen of a model with the samples of its training, whatever its precision.</summary>
/// <typeparam name="A">What is seen.</typeparam>
internal interface ILook<out A>
{
    /// <summary>Looks.</summary>
    A At<T>(Experiment experiment, Prepared<T> data, Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>The parts of an experiment's samples.</summary>
internal enum DataPart
{
    /// <summary>What is learned from.</summary>
    Train,

    /// <summary>What is watched while learning.</summary>
    Validation,

    /// <summary>What is kept for the end.</summary>
    Test,
}

/// <summary>Parts of samples by name.</summary>
internal static class Parts
{
    extension(DataPart part)
    {
        /// <summary>The samples of a part.</summary>
        /// <exception cref="InvalidInputException">There are none.</exception>
        public Dataset<T> Of<T>(Prepared<T> data) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var (train, validation, test) = data.Parts;
            var samples = part switch { DataPart.Train => train, DataPart.Validation => validation, _ => test };
            return samples.Rows > 0
                ? samples
                : throw new InvalidInputException($"the {part.Name} part has 0 rows; it should have at least 1");
        }

        /// <summary>What it is called.</summary>
        public Phrase Name => part switch
        {
            DataPart.Train => $"training",
            DataPart.Validation => $"validation",
            _ => $"test",
        };
    }
}
