using System.Diagnostics;

namespace XenVlan.Fuzz;

/// <summary>Makes a text that makes a reader fail shorter, while it fails in the same way.</summary>
internal static class Minimizer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Makes it shorter.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fails">Whether a text still fails so.</param>
    /// <returns>One from which nothing can be taken away any more, unless that took too long.</returns>
    public static string Shorten(string text, Func<string, bool> fails)
    {
        var began = Stopwatch.GetTimestamp();
        for (var part = text.Length / 2; part > 0 && Stopwatch.GetElapsedTime(began) < Patience; )
        {
            var isShorter = false;
            for (var at = 0; at < text.Length && Stopwatch.GetElapsedTime(began) < Patience; )
            {
                var shorter = text.Remove(at, Math.Min(part, text.Length - at));
                if (fails(shorter))
                {
                    text = shorter;
                    isShorter = true;
                }
                else
                {
                    at += part;
                }
            }

            part = part == 1 && isShorter ? 1 : part / 2;
        }

        return text;
    }
}
