namespace XenVlan.Lab;

/// <summary>What a command printed and how it ended.</summary>
/// <param name="ExitCode">Its exit status; 255 from ssh means that the host could not be reached.</param>
/// <param name="StandardOutput">Everything it wrote to standard output.</param>
/// <param name="StandardError">Everything it wrote to standard error.</param>
public sealed record LabCommandResult(int ExitCode, string StandardOutput, string StandardError)
{
    /// <summary>Returns standard output, or throws when the command failed.</summary>
    /// <exception cref="LabException">The exit status is not 0.</exception>
    public string EnsureSuccess() =>
        ExitCode == 0
            ? StandardOutput
            : throw new LabException($"exit status {ExitCode}: {StandardError.Trim()} {StandardOutput.Trim()}".TrimEnd());
}
