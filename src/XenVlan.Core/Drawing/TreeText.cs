using System.Text;

namespace XenVlan.Drawing;

/// <summary>Writes a tree as lines of text.</summary>
public static class TreeText
{
    /// <summary>Writes trees below each other.</summary>
    /// <param name="roots">The trees.</param>
    /// <returns>Lines that end with line feeds.</returns>
    public static string Write(IEnumerable<TreeNode> roots)
    {
        ArgumentNullException.ThrowIfNull(roots);
        var text = new StringBuilder();
        foreach (var root in roots)
        {
            text.Append(root.Text).Append('\n');
            WriteChildren(text, root, "");
        }

        return text.ToString();
    }

    private static void WriteChildren(StringBuilder text, TreeNode node, string indent)
    {
        for (var i = 0; i < node.Children.Count; i++)
        {
            var isLast = i == node.Children.Count - 1;
            text.Append(indent).Append(isLast ? "└─ " : "├─ ").Append(node.Children[i].Text).Append('\n');
            WriteChildren(text, node.Children[i], indent + (isLast ? "   " : "│  "));
        }
    }
}

/// <summary>A line of a tree, with what hangs below it.</summary>
/// <param name="Text">The line, free of control characters.</param>
/// <param name="Children">What hangs below it.</param>
public sealed record TreeNode(string Text, IReadOnlyList<TreeNode> Children);
