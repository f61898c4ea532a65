using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using XenVlan.Cli.Running;

namespace XenVlan.Cli.Commands;

/// <summary>The <c>xenvlan</c> command itself, with all the others below it.</summary>
internal static class XenVlanCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="options">The options that all commands have.</param>
    /// <param name="runner">Carries commands out.</param>
    public static Command Build(CommonOptions options, CommandRunner runner)
    {
        var root = new Command(
            "xenvlan",
            "Shows, changes, checks and explains VLANs on Xen hosts: on this machine, or over SSH with nothing installed on the hosts."
        )
        {
            ShowCommand.Build(runner),
            CompareCommand.Build(runner),
            DrawCommand.Build(runner),
            ApplyCommand.Build(runner),
            CheckCommand.Build(runner),
            TestPathCommand.Build(runner),
            TransactionCommand.Build(runner),
        };
        options.AddTo(root);
        var help = new HelpWithExamples();
        root.Options.Add(new HelpOption { Action = help, Description = "Show help and examples." });
        root.Options.Add(new VersionOption { Description = "Show the version." });

        // Whoever says nothing is told what there is to say.
        root.SetAction(parsed =>
        {
            help.Write(parsed, parsed.InvocationConfiguration.Error);
            return ExitStatus.Usage;
        });
        return root;
    }

    /// <summary>A command as it is typed.</summary>
    /// <param name="command">The command that was recognised.</param>
    /// <returns>Such as <c>xenvlan show</c>.</returns>
    public static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : command.Command.Name;
}
