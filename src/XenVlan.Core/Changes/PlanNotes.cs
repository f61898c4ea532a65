using XenVlan.Model;

namespace XenVlan.Changes;

/// <summary>What the user should know about a plan: sentences, each once, without anything in them that does something to a
/// terminal.</summary>
internal sealed class PlanNotes
{
    private readonly List<string> _sentences = [];

    /// <summary>The sentences, in the order in which they were first added.</summary>
    public IReadOnlyList<string> Sentences => _sentences;

    /// <summary>Adds a sentence, once.</summary>
    public void Add(string sentence)
    {
        var clean = DisplayText.CleanSentences(sentence);
        if (!_sentences.Contains(clean, StringComparer.Ordinal))
            _sentences.Add(clean);
    }
}
