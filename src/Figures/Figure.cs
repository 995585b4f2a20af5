using System.Text;
using Functional.Core.Curvature;
using Functional.Core.Landscapes;
using Functional.Core.Metrics;
using Functional.Core.Training;
using Functional.Formats;
using SkiaSharp;

namespace Functional.Figures;

/// <summary>A picture of values, itself a value: the same figure in the same style has the same bytes.</summary>
public abstract record Figure
{
    /// <summary>What stands above it; nothing unless said.</summary>
    public Phrase? Title { get; init; }

    /// <summary>What stands below it in small letters, such as "biases stand still"; nothing unless said.</summary>
    public Phrase? Note { get; init; }

    /// <summary>A map of a loss.</summary>
    public static SurfaceMap Of(Surface surface) => new(surface);

    /// <summary>A loss along a curve.</summary>
    public static ProfileCurves Of(LossProfile profile) => new([($"straight line", profile)]);

    /// <summary>A loss along a training's path, and on the plane below it.</summary>
    public static PathLoss Of(Items<PathPoint> path) => new(path);

    /// <summary>A range test of the learning rate.</summary>
    public static RatePlot Of(RateCurve curve) => new(curve);

    /// <summary>The loss and the score of each epoch.</summary>
    public static LearningCurves Of(IEnumerable<Epoch> epochs) => LearningCurves.From(epochs);

    /// <summary>Which classes were taken for which.</summary>
    /// <param name="confusion">How many.</param>
    /// <param name="names">A name for each class.</param>
    public static ConfusionMap Of(ConfusionMatrix confusion, Items<string> names)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        return new(confusion.Matrix, names);
    }

    /// <summary>A density of eigenvalues.</summary>
    public static SpectrumPlot Of(SpectralDensity density) => new(density);

    /// <summary>Every eigenvalue, and their density.</summary>
    public static SpectrumPlot Of(WholeSpectrum spectrum) => SpectrumPlot.From(spectrum);

    /// <summary>Writes the figure to a file, as SVG or PNG by the ending of its name; whole or not at all.</summary>
    /// <param name="path">A name that ends in .svg or .png.</param>
    /// <param name="style">How it is drawn; 900 x 640 on white unless said otherwise.</param>
    /// <exception cref="InvalidInputException">The ending is another one, the style is out of range, or the file cannot
    /// be written.</exception>
    public void Save(string path, FigureStyle? style = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        Func<FigureStyle?, byte[]> write = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".SVG" => style => Encoding.UTF8.GetBytes(ToSvg(style)),
            ".PNG" => ToPng,
            _ => throw new InvalidInputException($"the figure's file is \"{path}\"; it should end in .svg or .png"),
        };
        Atomically.Write(path, write(style));
    }

    /// <summary>The figure as PNG, <see cref="FigureStyle.Scale"/> pixels a unit.</summary>
    /// <exception cref="InvalidInputException">The style is out of range.</exception>
    public byte[] ToPng(FigureStyle? style = null)
    {
        style ??= new();
        style.Require();
        using var surface = SKSurface.Create(new SKImageInfo(
            (int)Math.Round(style.Scale * style.Width), (int)Math.Round(style.Scale * style.Height),
            SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Scale((float)style.Scale);
        PaintOn(surface.Canvas, style);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The figure as the text of an SVG file.</summary>
    /// <exception cref="InvalidInputException">The style is out of range.</exception>
    public string ToSvg(FigureStyle? style = null)
    {
        style ??= new();
        style.Require();
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, style.Width, style.Height), stream))
            PaintOn(canvas, style);
        return SvgText.Finished(Encoding.UTF8.GetString(stream.ToArray()), style, Title?.In(style.Language));
    }

    internal abstract void Paint(Page page);

    private void PaintOn(SKCanvas canvas, FigureStyle style)
    {
        using var page = new Page(canvas, style);
        page.Begin(Title, Note);
        Paint(page);
    }
}
