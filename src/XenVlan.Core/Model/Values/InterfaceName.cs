using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace XenVlan.Model;

/// <summary>
/// The name of a network interface as the Linux kernel allows it (<c>dev_valid_name</c> in <c>net/core/dev.c</c>):
/// 1 to 15 bytes, no <c>/</c>, <c>:</c> or white space, and neither <c>.</c> nor <c>..</c>. Control characters, and
/// those that have a meaning for a shell, are refused here too: the kernel would accept them, but boot scripts, Xen's
/// hotplug scripts and people's own do not expect them.
/// </summary>
public sealed record InterfaceName
{
    /// <summary>The longest name in bytes: <c>IFNAMSIZ</c> less the closing zero.</summary>
    public const int MaximumBytes = 15;

    private const string ShellCharacters = "$`\"'\\;&|<>()*?[]{}!#~^";

    /// <summary>Makes a name.</summary>
    /// <param name="value">Such as <c>eth0.10</c>.</param>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: not a name the kernel allows.</exception>
    public InterfaceName(string value)
    {
        if (Problem(value) is { } problem)
        {
            throw Errors.Of(ErrorIds.InvalidValue, $"Interface name {value} is not valid: {problem:unquoted}.");
        }

        Value = value;
    }

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <summary>Reads a name.</summary>
    /// <param name="text">Such as <c>eth0.10</c>.</param>
    /// <returns>The name.</returns>
    /// <exception cref="XenVlanException"><see cref="ErrorIds.InvalidValue"/>: not a name the kernel allows.</exception>
    public static InterfaceName Parse(string text) => new(text);

    /// <summary>Reads a name.</summary>
    /// <param name="text">Such as <c>eth0.10</c>.</param>
    /// <param name="name">The name, where the text is one.</param>
    /// <returns>Whether the kernel allows it.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out InterfaceName? name)
    {
        name = Problem(text) is null ? new InterfaceName(text!) : null;
        return name is not null;
    }

    /// <summary>The name.</summary>
    /// <returns>Such as <c>eth0.10</c>.</returns>
    public override string ToString() => Value;

    private static string? Problem(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "it is empty";
        if (value is "." or "..")
            return "the kernel reserves it";
        if (value.StartsWith('-'))
            return "it begins with '-', which commands take for an option";
        foreach (var c in value)
        {
            if (c is '/' or ':')
                return $"it has a '{c}'";
            if (char.IsWhiteSpace(c))
                return "it has white space";
            if (char.IsControl(c) || char.IsSurrogate(c))
                return "it has a character that is not printable";
            if (ShellCharacters.Contains(c, StringComparison.Ordinal))
                return $"it has a '{c}', which has a meaning for a shell";
        }

        var bytes = Encoding.UTF8.GetByteCount(value);
        return bytes > MaximumBytes ? $"it has {bytes} bytes, and the kernel allows {MaximumBytes}" : null;
    }
}
