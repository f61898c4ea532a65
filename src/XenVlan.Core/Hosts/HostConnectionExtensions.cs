namespace XenVlan.Hosts;

/// <summary>Ways to run scripts on a host.</summary>
public static class HostConnectionExtensions
{
    /// <summary>Asks a host one thing, and gives the connection back.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="connection">The host.</param>
    /// <param name="ask">Asks it.</param>
    /// <returns>The answer.</returns>
    public static async Task<T> AskAsync<T>(this IHostConnection connection, Func<IHostConnection, Task<T>> ask)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(ask);
        await using (connection.ConfigureAwait(false))
            return await ask(connection).ConfigureAwait(false);
    }

    /// <summary>Runs a script, and takes each line it prints without keeping what was printed before.</summary>
    /// <param name="connection">The host.</param>
    /// <param name="script">The script. Where it only reads and the connection is lost, it may begin anew, and its first line
    /// tells.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="take">Takes a line; what it throws ends the script.</param>
    /// <param name="cancellationToken">Ends the script and the connection.</param>
    /// <returns>What it did, without its output.</returns>
    internal static async Task<ScriptResult> RunAsync(
        this IHostConnection connection,
        ShellScript script,
        ScriptOptions options,
        Action<string> take,
        CancellationToken cancellationToken
    )
    {
        var result = await connection
            .RunAsync(script, options with { KeepsOutput = false, OnLine = take }, cancellationToken)
            .ConfigureAwait(false);

        // A connection may keep what is printed all the same.
        foreach (var line in result.Output.Split('\n'))
            take(line);
        return result with { Output = "" };
    }
}
