using XenVlan.Model;
using XenVlan.Paths.Frames;

namespace XenVlan.Paths.Forwarding;

/// <summary>
/// What may become of a frame next, by the kernel's own order: what it does with a frame that is sent
/// (<see cref="SendingRules"/>), received (<see cref="ReceivingRules"/>), on a bridge (<see cref="BridgeRules"/>,
/// <see cref="OpenVSwitchRules"/>) and on a wire (<see cref="WireRules"/>). Nothing here knows where the frame is to go.
/// </summary>
internal sealed class ForwardingRules
{
    private readonly SendingRules _sending;
    private readonly ReceivingRules _receiving;
    private readonly BridgeRules _bridges;
    private readonly OpenVSwitchRules _openVSwitch;
    private readonly WireRules _wires;

    /// <summary>Makes the rules for one kind of frame.</summary>
    /// <param name="network">What the frame travels through.</param>
    /// <param name="cast">Whom it is for.</param>
    /// <param name="content">What is in it.</param>
    /// <param name="learned">By which ports bridges know the address it is for.</param>
    public ForwardingRules(PathNetwork network, FrameCast cast, FrameContent content, LearnedPorts learned)
    {
        Network = network;
        Content = content;
        _bridges = new BridgeRules(network, cast, content, learned);
        _openVSwitch = new OpenVSwitchRules(network);
        _wires = new WireRules(network);
        _sending = new SendingRules(network, _bridges, _openVSwitch, _wires);
        _receiving = new ReceivingRules(network, content, _bridges, _openVSwitch);
    }

    /// <summary>What the frame travels through.</summary>
    public PathNetwork Network { get; }

    /// <summary>What is in it.</summary>
    public FrameContent Content { get; }

    /// <summary>What may become of a frame.</summary>
    /// <param name="state">Where it is.</param>
    /// <param name="moves">Takes what may happen; a frame that is flooded goes several ways.</param>
    public void Next(in WalkState state, List<Transition> moves)
    {
        switch (state.Stage)
        {
            case WalkStage.Sending:
                _sending.Add(state, moves);
                break;
            case WalkStage.Transmitted:
                _wires.Cross(state, moves);
                break;
            case WalkStage.Receiving:
                _receiving.Add(state, moves);
                break;
            case WalkStage.Bridged when state.Point.Interface.Bridge is not null:
                _bridges.Forward(state, moves);
                break;
            case WalkStage.Bridged:
                _openVSwitch.Forward(state, moves);
                break;
            default:
                break;
        }
    }
}
