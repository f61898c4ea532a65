using System.Diagnostics;
using Mono.Cecil;
using Mono.Cecil.Cil;
using XenVlan.Changes;
using XenVlan.Model;

namespace XenVlan.Tests.Changes.Planner;

/// <summary>A place in the sources of <c>Changes</c> where an error is thrown.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line where its statement begins.</param>
/// <param name="Column">The column.</param>
internal sealed record ThrowSite(string File, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File[(File.LastIndexOf("/src/", StringComparison.Ordinal) + 1)..]}:{Line}";
}

/// <summary>
/// Finds where <c>Changes</c> throws errors: each <c>throw</c> of its compiled code, and the statement it came from, by its debug
/// symbols. An exception's stack trace names the statement that threw it in the same way, so no list of lines is kept anywhere.
/// </summary>
internal static class ThrowSites
{
    private const string Root = "XenVlan.Changes";

    // What a host answers to a transaction; TransactionTests and the lab's tests run those. What TransactionOptions refuses is told
    // by its values alone.
    private const string LeftOut = "XenVlan.Changes.Transactions";

    /// <summary>All places, one for each <c>throw</c>.</summary>
    public static IReadOnlyList<ThrowSite> All()
    {
        using var module = ModuleDefinition.ReadModule(typeof(ChangePlan).Assembly.Location, new ReaderParameters { ReadSymbols = true });
        return
        [
            .. module
                .GetTypes()
                .Where(IsMeant)
                .SelectMany(t => t.Methods)
                .Where(m => m.HasBody)
                .SelectMany(m => m.Body.Instructions.Where(ThrowsError).Select(i => SiteOf(m, i))),
        ];
    }

    /// <summary>Where an exception was thrown.</summary>
    public static ThrowSite Of(Exception thrown)
    {
        var frame = new StackTrace(thrown, fNeedFileInfo: true).GetFrame(0)!;
        return new ThrowSite(frame.GetFileName() ?? "", frame.GetFileLineNumber(), frame.GetFileColumnNumber());
    }

    private static bool IsMeant(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return (type.Namespace == Root || type.Namespace.StartsWith(Root + ".", StringComparison.Ordinal))
            && (type.Namespace != LeftOut || type.Name is "TransactionOptions");
    }

    // What is thrown was made just before, here or by a method that makes errors. Whatever else there is counts, too.
    private static bool ThrowsError(Instruction instruction) =>
        instruction.OpCode == OpCodes.Throw
        && (
            instruction.Previous?.Operand is not MethodReference made
            || IsError(instruction.Previous.OpCode == OpCodes.Newobj ? made.DeclaringType : made.ReturnType)
        );

    private static bool IsError(TypeReference type)
    {
        for (var at = type; at is not null && at.Namespace.StartsWith("XenVlan", StringComparison.Ordinal); at = at.Resolve().BaseType)
        {
            if (at.Name == nameof(XenVlanException))
                return true;
        }

        return false;
    }

    private static ThrowSite SiteOf(MethodDefinition method, Instruction instruction)
    {
        var point = method.DebugInformation.SequencePoints.Last(p => !p.IsHidden && p.Offset <= instruction.Offset);
        return new ThrowSite(point.Document.Url, point.StartLine, point.StartColumn);
    }
}
