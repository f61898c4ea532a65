using XenVlan.Model;

namespace XenVlan.Changes.Persistence.Domains;

/// <summary>A domain's file before it is understood.</summary>
/// <param name="HostName">The host it is on.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Text">What is in it, a byte a character.</param>
/// <param name="Dialect">How it is read.</param>
internal sealed record ConfigSource(string HostName, string Path, string Text, ConfigDialect Dialect)
{
    /// <summary>The error of a place that is not well formed.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="remedy">What to do; null for the ordinary.</param>
    /// <returns>
    /// <see cref="ErrorIds.ConfigurationInvalid"/>; for xm, whose files are programs and may well be right,
    /// <see cref="ErrorIds.NotSupported"/>.
    /// </returns>
    public XenVlanException Error(int line, string problem, string? remedy = null) => Dialect is ConfigDialect.XL
        ? new(ErrorIds.ConfigurationInvalid, $"{Path}:{line}: {problem}; {remedy ?? "correct it (xl.cfg(5) says how), then try again"}.", HostName)
        : new(ErrorIds.NotSupported, $"{Path}:{line}: {problem}, and of xm's files only those are changed that hold plain values and no Python beyond them; {remedy ?? "change the file by hand, and only what runs with -Scope Running"}.", HostName);
}
