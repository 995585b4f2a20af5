namespace Functional.Lecture;

/// <summary>What LaTeX's commands stand for.</summary>
internal static class MathSymbols
{
    public static readonly Dictionary<string, string> Letter = new()
    {
        [@"\alpha"] = "α",
        [@"\beta"] = "β",
        [@"\gamma"] = "γ",
        [@"\delta"] = "δ",
        [@"\epsilon"] = "ϵ",
        [@"\varepsilon"] = "ε",
        [@"\zeta"] = "ζ",
        [@"\eta"] = "η",
        [@"\theta"] = "θ",
        [@"\kappa"] = "κ",
        [@"\lambda"] = "λ",
        [@"\mu"] = "μ",
        [@"\nu"] = "ν",
        [@"\xi"] = "ξ",
        [@"\pi"] = "π",
        [@"\rho"] = "ρ",
        [@"\sigma"] = "σ",
        [@"\tau"] = "τ",
        [@"\phi"] = "ϕ",
        [@"\varphi"] = "φ",
        [@"\chi"] = "χ",
        [@"\psi"] = "ψ",
        [@"\omega"] = "ω",
        [@"\Gamma"] = "Γ",
        [@"\Delta"] = "Δ",
        [@"\Theta"] = "Θ",
        [@"\Lambda"] = "Λ",
        [@"\Xi"] = "Ξ",
        [@"\Pi"] = "Π",
        [@"\Sigma"] = "Σ",
        [@"\Phi"] = "Φ",
        [@"\Psi"] = "Ψ",
        [@"\Omega"] = "Ω",
        [@"\infty"] = "∞",
        [@"\ell"] = "ℓ",
        [@"\partial"] = "∂",
        [@"\nabla"] = "∇",
        [@"\top"] = "⊤",
        [@"\dots"] = "…",
        [@"\cdots"] = "⋯",
        [@"\ldots"] = "…",
        [@"\emptyset"] = "∅",
    };

    public static readonly Dictionary<string, string> Operators = new()
    {
        [@"\sum"] = "∑",
        [@"\prod"] = "∏",
        [@"\int"] = "∫",
        [@"\cdot"] = "⋅",
        [@"\times"] = "×",
        [@"\pm"] = "±",
        [@"\le"] = "≤",
        [@"\leq"] = "≤",
        [@"\ge"] = "≥",
        [@"\geq"] = "≥",
        [@"\ne"] = "≠",
        [@"\neq"] = "≠",
        [@"\approx"] = "≈",
        [@"\sim"] = "∼",
        [@"\propto"] = "∝",
        [@"\in"] = "∈",
        [@"\to"] = "→",
        [@"\leftarrow"] = "←",
        [@"\mapsto"] = "↦",
        [@"\wedge"] = "∧",
        [@"\vee"] = "∨",
        [@"\neg"] = "¬",
        [@"\oplus"] = "⊕",
        [@"\odot"] = "⊙",
        [@"\circ"] = "∘",
        [@"\ll"] = "≪",
        [@"\gg"] = "≫",
        [@"\langle"] = "⟨",
        [@"\rangle"] = "⟩",
        [@"\lVert"] = "‖",
        [@"\rVert"] = "‖",
        [@"\|"] = "‖",
        [@"\lvert"] = "|",
        [@"\rvert"] = "|",
        [@"\{"] = "{",
        [@"\}"] = "}",
        [@"\%"] = "%",
        [@"\mid"] = "∣",
        [@"\lfloor"] = "⌊",
        [@"\rfloor"] = "⌋",
        [@"\Rightarrow"] = "⇒",
        [@"\iff"] = "⇔",
        [@"\forall"] = "∀",
        [@"\exists"] = "∃",
        [@"\setminus"] = "∖",
        [@"\subset"] = "⊂",
        [@"\cup"] = "∪",
        [@"\cap"] = "∩",
        [@"\equiv"] = "≡",
        [@"\bmod"] = "mod",
    };

    /// <summary>Operators that enclose something.</summary>
    public static readonly HashSet<string> Fences = ["⟨", "⟩", "‖", "|", "{", "}", "⌊", "⌋"];

    public static readonly Dictionary<string, string> Accents = new()
    {
        [@"\hat"] = "^",
        [@"\bar"] = "‾",
        [@"\tilde"] = "~",
        [@"\dot"] = "˙",
        [@"\vec"] = "→",
    };

    public static readonly Dictionary<string, string> Spaces = new()
    {
        [@"\,"] = "0.17em",
        [@"\;"] = "0.28em",
        [@"\:"] = "0.22em",
        [@"\!"] = "-0.17em",
        [@"\quad"] = "1em",
        [@"\qquad"] = "2em",
        [@"\ "] = "0.33em",
    };

    public static readonly HashSet<string> Functions =
    [
        @"\max", @"\min", @"\log", @"\ln", @"\exp", @"\sin", @"\cos", @"\tan", @"\tanh", @"\lim", @"\sup", @"\inf",
        @"\det", @"\arg",
    ];

    /// <summary>What has its scripts below and above it where there is room.</summary>
    public static readonly HashSet<string> HasLimits =
    [
        @"\sum", @"\prod", @"\max", @"\min", @"\lim", @"\sup", @"\inf", @"\underbrace", @"\overbrace",
    ];

    /// <summary>A sign as mathematics prints it.</summary>
    public static string Sign(string sign) => sign switch
    {
        "-" => "−",
        "*" => "∗",
        _ => sign,
    };

    /// <summary>Letters of another hand: bold, script, or with a double stroke.</summary>
    public static string Letters(string hand, string letters) => string.Concat(letters.Select(letter => hand switch
    {
        @"\mathbb" => letter switch
        {
            'R' => "ℝ",
            'N' => "ℕ",
            'Z' => "ℤ",
            'C' => "ℂ",
            'Q' => "ℚ",
            'P' => "ℙ",
            _ => Shifted(letter, 0x1D538, 0x1D552),
        },
        @"\mathcal" => letter switch
        {
            'B' => "ℬ",
            'E' => "ℰ",
            'F' => "ℱ",
            'H' => "ℋ",
            'I' => "ℐ",
            'L' => "ℒ",
            'M' => "ℳ",
            'R' => "ℛ",
            _ => Shifted(letter, 0x1D49C, 0x1D4B6),
        },
        _ => Shifted(letter, 0x1D400, 0x1D41A),
    }));

    private static string Shifted(char letter, int capitals, int smalls) =>
        char.IsAsciiLetterUpper(letter) ? char.ConvertFromUtf32(capitals + letter - 'A')
        : char.IsAsciiLetterLower(letter) ? char.ConvertFromUtf32(smalls + letter - 'a')
        : $"{letter}";
}
