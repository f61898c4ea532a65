using XenVlan.Model;

namespace XenVlan.Changes.Transactions;

/// <summary>What a decision about a transaction will do to its host.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Decision">What becomes of it.</param>
/// <param name="Steps">The steps in the order in which they run; of a confirmation, those that stay.</param>
/// <param name="Files">What becomes of configuration files, a sentence each.</param>
public sealed record TransactionPreview(
    XenTransaction Transaction,
    TransactionDecision Decision,
    IReadOnlyList<PreviewedStep> Steps,
    IReadOnlyList<string> Files
);

/// <summary>What becomes of a transaction that somebody decides about.</summary>
public enum TransactionDecision
{
    /// <summary>It stays, and its files are written.</summary>
    Confirm,

    /// <summary>It was not confirmed, and its steps are undone.</summary>
    RollBack,

    /// <summary>It was confirmed, and is taken back by a transaction of its own.</summary>
    Revert,
}

/// <summary>A step of a transaction as its journal has it.</summary>
/// <param name="Description">What it does, in words.</param>
/// <param name="Command">Its command; null where the journal does not name it.</param>
/// <param name="Undo">The command that undoes it; null where the journal does not name it.</param>
public sealed record PreviewedStep(string Description, string? Command, string? Undo);
