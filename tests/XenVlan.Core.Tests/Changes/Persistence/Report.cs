using System.Text;

namespace XenVlan.Tests.Changes.Persistence;

/// <summary>Several cases in one golden file.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();

    public Report Add(string title, string text)
    {
        _text.Append($"##### {title}\n").Append(text).Append('\n');
        return this;
    }

    public void Verify(string path) => Golden.Verify(_text.ToString(), path);
}
