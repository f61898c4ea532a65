namespace XenVlan.Cli.Commands;

/// <summary>What stands below the help of each command.</summary>
internal static class Examples
{
    private const string ExitStatuses = """
        Exit status:
          0  all is well
          1  something is not as expected
          2  the command line or a document is not valid
          3  a host could not be reached or changed
        """;

    /// <summary>The examples of a command, and its exit statuses.</summary>
    public static string Of(string command) =>
        $"""
            {For(command)}

            {ExitStatuses}
            """;

    private static string For(string command) =>
        command switch
        {
            "show" => """
                Examples:
                  xenvlan show                              everything on this machine
                  xenvlan show nics --host xen1,xen2        the domains' NICs on two hosts
                  xenvlan show bridges -H xen1 -o json      bridges and ports for a script
                """,
            "compare" => """
                Examples:
                  xenvlan show snapshot -H xen1 > xen1.json   keep what a host has now
                  xenvlan compare xen1.json                   what has changed there since
                  xenvlan compare xen1.json later.json        what differs between two moments
                  xenvlan compare xen1 xen2                   what differs between two hosts
                """,
            "draw" => """
                Examples:
                  xenvlan draw                              this machine
                  xenvlan draw site.yaml                    all hosts of a document, and the wires between them
                  xenvlan draw --host xen1 --host xen2      two hosts
                """,
            "apply" => """
                Examples:
                  xenvlan apply site.yaml --what-if         what would be done, and how it would be undone
                  xenvlan apply site.yaml                   do it

                All hosts are changed, or none. Each keeps a journal, and undoes its steps by itself when one fails, or
                when it cannot be reached again in time; configuration files are written only after that.
                """,
            "transaction" or "list" or "confirm" or "undo" => """
                Examples:
                  xenvlan transaction list --host xen1      what was changed on a host, and what became of it
                  xenvlan transaction undo --host xen1      undo the last change
                  xenvlan transaction confirm --host xen1   keep a change that the host would undo by itself
                """,
            "check" => """
                Examples:
                  xenvlan check site.yaml
                  xenvlan check site.yaml --output json

                Real frames are sent between the hosts; nothing is changed. What must be so stands below 'expect' in
                the document.
                """,
            "test-path" => """
                Examples:
                  xenvlan test-path --from xen1/xenbr0.10 --to xen2/xenbr0.10 --trace
                  xenvlan test-path --from xenbr0.10 --to 10.10.0.11 --mtu 1500 --tcp-port 22
                  xenvlan test-path --from xen1/xenbr0.1000 --to ftp/eth0.2000 --expect isolated
                  xenvlan test-path --from xen1/ftp:0 --vlan 10 --from-address 10.10.0.250/24 --to xen2
                  xenvlan test-path --mesh --host xen1,xen2
                  xenvlan test-path --offline --snapshot xen1.json xen2.json --from xen1/xenbr0.10 --to xen2/xenbr0.10
                """,
            _ => """
                Examples:
                  xenvlan show --host xen1
                  xenvlan apply site.yaml --what-if
                  xenvlan check site.yaml
                  xenvlan test-path --from xen1/xenbr0.10 --to xen2 --trace
                """,
        };
}
