using System.Globalization;
using XenVlan.Hosts;

namespace XenVlan.Changes;

/// <summary>
/// Turns a plan into one script for its host: the steps in order, and when one fails, or the connection goes, the ones
/// before it undone, newest first.
/// </summary>
internal static class PlanScript
{
    // Each line of news is: the marker word, a state, a step's number, and what its command said, in one line. A signal
    // lets the running step end, so that it is known what to undo. A shell that was started with SIGPIPE ignored, as .NET
    // starts them, cannot trap it: there the news that nobody takes is what tells.
    private const string Engine =
        """
        xv_say() { printf '%s %s %s %s\n' "$xv_mark" "$1" "$2" "$(printf '%s' "$3" | tr '\n\t' '  ')"; }
        xv_back() {
            trap '' HUP INT TERM PIPE
            while [ "$xv_done" -ge 1 ]; do
                if xv_out=$("xv_undo_$xv_done" 2>&1); then xv_say undone "$xv_done" ''
                else xv_say undo-failed "$xv_done" "$xv_out"
                fi
                xv_done=$((xv_done - 1))
            done
            exit 1
        }
        xv_stop=
        xv_done=0
        trap 'xv_stop=1' HUP INT TERM PIPE
        while [ "$xv_done" -lt "$xv_count" ]; do
            xv_next=$((xv_done + 1))
            xv_say running "$xv_next" '' || xv_stop=1
            [ -z "$xv_stop" ] || xv_back
            if xv_out=$("xv_do_$xv_next" 2>&1); then
                xv_done=$xv_next
                xv_say done "$xv_done" '' || xv_stop=1
            else
                xv_say failed "$xv_next" "$xv_out"
                xv_back
            fi
            [ -z "$xv_stop" ] || xv_back
        done
        exit 0
        """;

    /// <summary>The script of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="mark">A word that begins each line of news.</param>
    /// <returns>The script. Its exit status is 0 when all steps succeeded.</returns>
    public static ShellScript Build(ChangePlan plan, string mark)
    {
        var script = new ShellScript()
            .Add("LC_ALL=C; export LC_ALL")
            .Add("PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; export PATH")
            .Set("xv_mark", mark)
            .Set("xv_count", plan.Steps.Count.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            script.Add($"xv_do_{number}() {{").Add(plan.Steps[i].Do).Add("}");
            script.Add($"xv_undo_{number}() {{").Add(plan.Steps[i].Undo).Add("}");
        }

        return script.Add(Engine);
    }
}
