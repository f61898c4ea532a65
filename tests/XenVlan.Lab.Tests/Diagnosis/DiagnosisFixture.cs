using System.Globalization;
using System.Text;
using XenVlan.Model;

namespace XenVlan.Lab.Tests.Diagnosis;

/// <summary>The healthy lab the faults are made on, and the table of what was found.</summary>
public sealed class DiagnosisFixture : IAsyncDisposable
{
    private readonly StringBuilder _table = new();
    private readonly HealthyLab _lab = new();

    /// <summary>The lab, made healthy by the first case.</summary>
    public async Task<HealthyLab> LabAsync(CancellationToken cancellationToken)
    {
        await _lab.StartAsync(cancellationToken);
        return _lab;
    }

    /// <summary>Adds what was found to the table.</summary>
    public void Report(DiagnosisCase one, XenVlanPathResult? result, TimeSpan took, bool isRight)
    {
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"{one.Fault, -58} {Place(one.LostAt), -25} {(result is null ? "(no diagnosis)" : Place(result.LostAt)), -25} "
                + $"{result?.Reason, -20} {took.TotalSeconds, 7:0.0}  {(isRight ? "right" : "WRONG")}"
        );
        _table.AppendLine(row);
        Console.WriteLine(row);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_table.Length > 0)
            Console.WriteLine($"\n{"fault", -58} {"expected hop", -25} {"diagnosed hop", -25} {"reason", -20} seconds\n{_table}");
        await _lab.DisposeAsync();
    }

    private static string Place(string? lostAt) => lostAt ?? "(arrives)";
}
