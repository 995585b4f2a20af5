namespace Functional;

/// <summary>The figures of classifiers by their names: <c>runs.Test.Accuracy</c>.</summary>
public static class ClassificationFigures
{
    extension(RepeatedPart<ClassificationReport> part)
    {
        /// <summary>Share of samples put into their class.</summary>
        public SampleMean Accuracy => part.Of(report => report.Accuracy);
        /// <summary>Share of the largest class.</summary>
        public SampleMean MajorityShare => part.Of(report => report.MajorityShare);
        /// <summary>Mean of the recalls of the classes.</summary>
        public SampleMean BalancedAccuracy => part.Of(report => report.Report.BalancedAccuracy);
        /// <summary>Precision, averaged over classes.</summary>
        public SampleMean Precision => part.Of(report => report.Report.Macro.Precision);
        /// <summary>Recall, averaged over classes.</summary>
        public SampleMean Recall => part.Of(report => report.Report.Macro.Recall);
        /// <summary>F1, averaged over classes.</summary>
        public SampleMean F1 => part.Of(report => report.Report.Macro.F1);
        /// <summary>F1, averaged over classes by their sizes.</summary>
        public SampleMean F1Weighted => part.Of(report => report.Report.Weighted.F1);
        /// <summary>Share of samples with their class among the two most probable; NaN without probabilities.</summary>
        public SampleMean TopTwo => part.Of(report => report.Scores?.TopTwo ?? double.NaN);
        /// <summary>Area under the ROC curve; NaN without probabilities.</summary>
        public SampleMean RocAuc => part.Of(report => report.Scores?.RocAuc ?? double.NaN);
        /// <summary>Mean of -log of the class's probability; NaN without probabilities.</summary>
        public SampleMean LogLoss => part.Of(report => report.Scores?.LogLoss ?? double.NaN);
        /// <summary>Brier score; NaN without probabilities.</summary>
        public SampleMean Brier => part.Of(report => report.Scores?.Brier ?? double.NaN);
        /// <summary>Calibration error; NaN without probabilities.</summary>
        public SampleMean CalibrationError => part.Of(report => report.Scores?.CalibrationError ?? double.NaN);
    }
}

/// <summary>The figures of classifiers of labels by their names: <c>runs.Test.ExactMatch</c>.</summary>
public static class MultiLabelFigures
{
    extension(RepeatedPart<MultiLabelReport> part)
    {
        /// <summary>Share of all labels that are right.</summary>
        public SampleMean Accuracy => part.Of(report => report.Accuracy);
        /// <summary>Share of samples with every label right.</summary>
        public SampleMean ExactMatch => part.Of(report => report.ExactMatch);
        /// <summary>F1, averaged over labels.</summary>
        public SampleMean F1 => part.Of(report => report.F1);
        /// <summary>F1, all counts added up.</summary>
        public SampleMean F1Micro => part.Of(report => report.F1Micro);
    }
}

/// <summary>The figures of predictors of numbers by their names: <c>runs.Test.R2</c>.</summary>
public static class RegressionFigures
{
    extension(RepeatedPart<RegressionReport> part)
    {
        /// <summary>Share of the variance that is explained; 1 is perfect.</summary>
        public SampleMean R2 => part.Of(report => report.R2);
        /// <summary>Mean of (target - output)^2.</summary>
        public SampleMean MeanSquaredError => part.Of(report => report.MeanSquaredError);
        /// <summary>Root of the mean squared error, in the targets' unit.</summary>
        public SampleMean RootMeanSquaredError => part.Of(report => report.RootMeanSquaredError);
        /// <summary>Mean of |target - output|.</summary>
        public SampleMean MeanAbsoluteError => part.Of(report => report.MeanAbsoluteError);
        /// <summary>Median of |target - output|.</summary>
        public SampleMean MedianAbsoluteError => part.Of(report => report.MedianAbsoluteError);
        /// <summary>R2 that forgives a shift.</summary>
        public SampleMean ExplainedVariance => part.Of(report => report.ExplainedVariance);
        /// <summary>Root of the mean squared error of always predicting the mean.</summary>
        public SampleMean RootMeanSquaredErrorOfMean => part.Of(report => report.RootMeanSquaredErrorOfMean);
        /// <summary>Mean absolute error of always predicting the mean.</summary>
        public SampleMean MeanAbsoluteErrorOfMean => part.Of(report => report.MeanAbsoluteErrorOfMean);
    }
}
