using System.Management.Automation;
using XenVlan.Drawing;
using XenVlan.Model;

namespace XenVlan.PowerShell.Running;

/// <summary>
/// Gives results of paths a method <c>Draw(colours)</c> for the module's views, which cannot name types of the module's
/// own load context.
/// </summary>
public static class PathDrawMethod
{
    private const string TracedType = "XenVlan.Model.XenVlanPathResult#Trace";

    /// <summary>Draws a path; called by PowerShell.</summary>
    /// <param name="result">The result.</param>
    /// <param name="colours">Whether to use colours.</param>
    /// <returns>Lines of text.</returns>
    public static string Draw(PSObject result, bool colours)
    {
        ArgumentNullException.ThrowIfNull(result);
        return PathPicture.Write((XenVlanPathResult)result.BaseObject, colours).TrimEnd('\n');
    }

    /// <summary>Adds the method.</summary>
    /// <param name="result">The result.</param>
    /// <param name="isTraced">Whether it is to be shown as a picture.</param>
    /// <returns>The result as an object of PowerShell.</returns>
    internal static PSObject AddTo(XenVlanPathResult result, bool isTraced)
    {
        var shown = PSObject.AsPSObject(result);
        shown.Methods.Add(new PSCodeMethod("Draw", typeof(PathDrawMethod).GetMethod(nameof(Draw))!));
        if (isTraced)
            shown.TypeNames.Insert(0, TracedType);
        return shown;
    }
}
