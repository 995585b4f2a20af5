namespace Functional.Landscapes;

/// <summary>Where the loss that is looked at is less than what training makes small.</summary>
internal static class LossNoting
{
    extension(Experiment experiment)
    {
        /// <summary>What training makes small beside the loss of the samples, which is left out of surfaces,
        /// eigenvalues and critical points.</summary>
        public IEnumerable<Phrase> LossNotes
        {
            get
            {
                var (penalty, optimizer) = (experiment.Settings.Penalty, experiment.Settings.Optimizer);
                if (penalty.Strengths != (0, 0))
                    yield return $"the penalty {Penalty.Kinds.NameOf(penalty)} of the training is no part of this loss";
                if (Decays(optimizer.Expanded))
                    yield return $"the weight decay of the training is no part of this loss";
            }
        }
    }

    private static bool Decays(Optimizer optimizer) => optimizer switch
    {
        WeightDecay { Lambda: > 0 } => true,
        Accumulate(_, var inner) => Decays(inner),
        Chain(var rules) => rules.Any(Decays),
        _ => false,
    };
}
