using System.Runtime.CompilerServices;
using XenVlan.Model;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Forwarding;

/// <summary>
/// What may become of a frame next, by the kernel's own order: what it does with a frame that is sent
/// (<see cref="SendingRules"/>), received (<see cref="ReceivingRules"/>), on a bridge (<see cref="BridgeRules"/>,
/// <see cref="OpenVSwitchRules"/>) and on a wire (<see cref="WireRules"/>). Nothing here knows where the frame is to go.
/// </summary>
/// <param name="network">What the frame travels through.</param>
/// <param name="cast">Whom it is for.</param>
/// <param name="content">What is in it.</param>
/// <param name="learned">By which ports bridges know the address it is for.</param>
/// <param name="explains">Whether somebody will read what happens.</param>
internal sealed class ForwardingRules(PathNetwork network, FrameCast cast, FrameContent content, LearnedPorts learned, bool explains)
{
    private const string NoText = "";

    /// <summary>What the frame travels through.</summary>
    public PathNetwork Network => network;

    /// <summary>Whom the frame is for.</summary>
    public FrameCast Cast => cast;

    /// <summary>What is in it.</summary>
    public FrameContent Content => content;

    /// <summary>By which ports bridges know the address it is for.</summary>
    public LearnedPorts Learned => learned;

    /// <summary>Whether somebody will read what happens.</summary>
    public bool Explains => explains;

    /// <summary>What may become of a frame.</summary>
    /// <param name="state">Where it is.</param>
    /// <param name="moves">Takes what may happen; a frame that is flooded goes several ways.</param>
    public void Next(in WalkState state, List<Transition> moves)
    {
        switch (state.Stage)
        {
            case WalkStage.Sending:
                SendingRules.Add(this, state, moves);
                break;
            case WalkStage.Transmitted:
                WireRules.Cross(this, state, moves);
                break;
            case WalkStage.Receiving:
                ReceivingRules.Add(this, state, moves);
                break;
            case WalkStage.Bridged when state.Point.Interface.Bridge is not null:
                BridgeRules.Forward(this, state, moves);
                break;
            case WalkStage.Bridged:
                OpenVSwitchRules.Forward(this, state, moves);
                break;
            default:
                break;
        }
    }

    /// <summary>A text, put together only where somebody will read it.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, or an empty one.</returns>
    public string Say([InterpolatedStringHandlerArgument("")] ref TraceText text) => explains ? text.Finish() : NoText;

    /// <summary>A text that is known.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, or an empty one.</returns>
    public string Say(string text) => explains ? text : NoText;

    /// <summary>The index of the host a frame is on.</summary>
    /// <param name="state">Where the frame is.</param>
    /// <returns>The index.</returns>
    public HostIndex IndexOf(in WalkState state) => network.IndexOf(state.Point.Host);

    /// <summary>A way on with nothing in it.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="action">What happens.</param>
    /// <returns>The move.</returns>
    public static Transition Pass(WalkState to, string action) => new(to, HopVerdict.Passes, PathReason.None, action);

    /// <summary>A way on that is closed.</summary>
    /// <param name="to">Where to, if it were not.</param>
    /// <param name="reason">Why it is.</param>
    /// <param name="action">What happens.</param>
    /// <returns>The move.</returns>
    public static Transition Drop(WalkState to, PathReason reason, string action) => new(to, HopVerdict.Drops, reason, action);
}
