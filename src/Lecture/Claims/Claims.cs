namespace Functional.Lecture;

/// <summary>The lecture: its claims, in its order.</summary>
public static class Claims
{
    /// <summary>All of them.</summary>
    public static Items<Claim> All { get; } =
    [
        XorImpossible.Claim,
        XorComposed.Claim,
        LinearCollapse.Claim,
        NonConvex.Claim,
        SeveralSaddles.Claim,
        SgdFindsBetter.Claim,
        SmallBatches.Claim,
        SmoothedLoss.Claim,
        AnisotropicNoise.Claim,
        OneHiddenNeuron.Claim,
        FiveFourThree.Claim,
        HiddenUnits.Claim,
        Backpropagation.Claim,
        AutomaticDifferentiation.Claim,
        UniversalApproximation.Claim,
        Overparameterised.Claim,
        DenseBlocks.Claim,
        EdgeOfStability.Claim,
        Catapult.Claim,
        SpectralBias.Claim,
        TangentKernel.Claim,
        Grokking.Claim,
        LotteryTicket.Claim,
        ModeConnectivity.Claim,
        NeuralCollapse.Claim,
    ];

    /// <summary>A claim by its name; null where there is none.</summary>
    public static Claim? Named(string name) => All.FirstOrDefault(claim => claim.Name == name);
}
