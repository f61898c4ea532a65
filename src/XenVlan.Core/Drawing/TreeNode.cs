namespace XenVlan.Drawing;

/// <summary>A line of a tree, with what hangs below it.</summary>
/// <param name="Text">The line, free of control characters.</param>
/// <param name="Children">What hangs below it.</param>
public sealed record TreeNode(string Text, IReadOnlyList<TreeNode> Children);
