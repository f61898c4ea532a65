using System.Text.Json;
using System.Text.Json.Nodes;
using XenVlan.Model;
using XenVlan.Model.Json;

namespace XenVlan.Cli.Output;

/// <summary>Writes errors: a line each, or a JSON object each.</summary>
/// <param name="writer">Where to.</param>
/// <param name="isJson">Whether as JSON.</param>
/// <param name="progress">What may stand on the same terminal; null for nothing.</param>
internal sealed class ErrorReporter(TextWriter writer, bool isJson, Progress? progress = null)
{
    private const int MaximumMessage = 4000;

    /// <summary>Whether errors are written as JSON.</summary>
    public bool IsJson => isJson;

    /// <summary>Reports an error XenVlan foresaw.</summary>
    /// <param name="error">The error. Each line of its message is an error of its own.</param>
    public void Report(XenVlanException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var worded = error.Worded(CliWording.Instance);
        var remedies = error.Remedies.Count == 0 ? null : XenVlanJson.ToNode(error.Remedies);
        foreach (var line in worded.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Write(error.ErrorId, line, error.Target, remedies);
    }

    /// <summary>Reports an error nobody foresaw, with all that helps to find its cause.</summary>
    /// <param name="error">The error.</param>
    /// <param name="target">The host it is about; null where there is none.</param>
    public void ReportUnforeseen(Exception error, string? target = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error is XenVlanException foreseen)
        {
            Report(foreseen);
            return;
        }

        Write("XenVlan.Unforeseen", $"This is a fault of xenvlan's own; please report it: {error}", target);
    }

    /// <summary>Reports that the user stopped the command.</summary>
    public void ReportInterruption() => Write("XenVlan.Interrupted", "Interrupted.", null);

    /// <summary>Writes a sentence that is no error.</summary>
    public void Say(string text)
    {
        lock (writer)
        {
            progress?.Wipe();
            writer.WriteLine($"xenvlan: {DisplayText.Clean(text, MaximumMessage)}");
        }
    }

    private void Write(string id, string message, string? target, JsonNode? remedies = null)
    {
        var clean = DisplayText.Clean(message, MaximumMessage);
        lock (writer)
        {
            progress?.Wipe();
            writer.WriteLine(
                isJson
                    ? JsonSerializer.Serialize(
                        new ErrorDocument(new ErrorDetails(id, clean, target, remedies?.DeepClone())),
                        ErrorJsonContext.Default.ErrorDocument
                    )
                    : $"xenvlan: {clean} [{id}]"
            );
        }
    }
}
