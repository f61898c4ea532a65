using XenVlan.Model;

namespace XenVlan.Changes.Transactions;

/// <summary>
/// The changes that were begun and of which it is not known yet what became of them, for whoever is interrupted meanwhile.
/// </summary>
public sealed class OpenChanges
{
    private readonly List<HostTransaction> _all = [];

    /// <summary>The hosts on which there is one, each once, in order.</summary>
    public IReadOnlyList<string> Hosts => [.. Open().Select(t => t.HostName).Distinct(StringComparer.Ordinal)];

    /// <summary>What is known of each now, a sentence each, for somebody who leaves.</summary>
    /// <returns>The sentences; none where all is known.</returns>
    public IReadOnlyList<Message> Describe() =>
        [
            .. Open()
                .Select(t =>
                    Message.Of(
                        $"What becomes of the change on host {t.HostName} is not known (transaction {t.Id:unquoted}, last "
                            + $"heard of as {t.State}). Unless it was confirmed or made to stay, the host undoes it within "
                            + $"{t.ConfirmTimeout.TotalSeconds:0} seconds of its last step. See it with {new ListTransactions()}."
                    )
                ),
        ];

    internal void Add(HostTransaction one)
    {
        lock (_all)
            _all.Add(one);
    }

    private List<HostTransaction> Open()
    {
        lock (_all)
            return [.. _all.Where(t => !t.IsOver).OrderBy(t => t.HostName, StringComparer.Ordinal)];
    }
}
